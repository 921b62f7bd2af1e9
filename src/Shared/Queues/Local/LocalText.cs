namespace Archiver.Queues.Local;

/// <summary>Text of messages on queues of this machine: any that is whole. Half a surrogate pair could not be written anywhere again.</summary>
internal static class LocalText
{
    public static void Check(OutgoingMessage message, string location)
    {
        Check(message.Body, "its body", location);
        foreach (var (name, attribute) in message.Attributes)
        {
            Check(name, "an attribute's name", location);
            Check(attribute.StringValue, $"the attribute \"{name}\"", location);
        }
    }

    private static void Check(string? text, string where, string location)
    {
        if (MessageText.IndexOfLoneSurrogate(text) is >= 0 and var at)
            throw MessageRules.Refused(location, $"{where} has the character U+{(int)text![at]:X4} at position {at}, which is only half of one");
    }
}
