namespace Archiver.EndToEnd.Observability;

/// <summary>A span as a collector gets it, by the numbers of https://github.com/open-telemetry/opentelemetry-proto.</summary>
public sealed record ReceivedSpan(string Service, string Name, string TraceId, string Id, string ParentId, IReadOnlyDictionary<string, string> Attributes, bool Failed)
{
    private const int StatusError = 2;

    internal static IEnumerable<ReceivedSpan> AllIn(byte[] request) =>
        from resourceSpans in ProtobufField.In(request, 1)
        let service = AttributesIn(resourceSpans.Bytes, 1, 1)["service.name"]
        from span in ProtobufField.In(resourceSpans.Bytes, 2, 2)
        select new ReceivedSpan(
            service, One(span, 5).Text, One(span, 1).Hex, One(span, 2).Hex, One(span, 4).Hex, AttributesIn(span.Bytes, 9),
            ProtobufField.In(span.Bytes, 15, 3).Any(static code => code.Value == StatusError));

    private static Dictionary<string, string> AttributesIn(ReadOnlyMemory<byte> message, params int[] path) =>
        ProtobufField.In(message, path).ToDictionary(static pair => One(pair, 1).Text, static pair => TextOf(One(pair, 2)));

    private static string TextOf(ProtobufField value) =>
        ProtobufField.In(value.Bytes, 1).Select(static text => text.Text)
            .Concat(ProtobufField.In(value.Bytes, 3).Select(static number => $"{(long)number.Value}")).FirstOrDefault() ?? "";

    private static ProtobufField One(ProtobufField message, int number) => ProtobufField.In(message.Bytes, number).FirstOrDefault();
}
