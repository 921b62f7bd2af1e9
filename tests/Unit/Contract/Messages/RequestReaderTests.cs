using System.Globalization;
using System.Text;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Contract.Messages;

namespace Archiver.Tests.Contract.Messages;

public sealed class RequestReaderTests
{
    [Theory]
    [InlineData("""{"aipid":"a"}""")]
    [InlineData("""{"aipid":"a","filenames":["x"]}""")]
    [InlineData("""{"files":[{"source":"x"}]}""")]
    [InlineData("""{"files":[{"source":"x","destination":null}]}""")]
    [InlineData("""{"files":[{"source":"x","destination":""}]}""")]
    [InlineData("""{"filesFrom":"lists/1.jsonl"}""")]
    [InlineData("""{"aipid":"a","action":null,"files":null,"filenames":null,"metadata":null,"priority":null,"timestamp":null}""")]
    [InlineData("""{"aipid":"a","action":"archive","priority":"low","metadata":{}}""")]
    [InlineData("""{"aipid":"a","priority":"medium"}""")]
    [InlineData("""{"aipid":"a","priority":"high"}""")]
    [InlineData(" \r\n\t{\"aipid\":\"a\"}\n ")]
    [InlineData("\uFEFF{\"aipid\":\"a\"}")]
    public void A_request_that_meets_the_rules_is_read(string payload) => Assert.NotNull(RequestReader.Parse(payload));

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n", "empty")]
    [InlineData("null", "null")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("\"text\"", "not a JSON object")]
    [InlineData("{\"aipid\":\"a\"", "not JSON")]
    [InlineData("{\"aipid\":\"a\"} {}", "not JSON")]
    [InlineData("{'aipid':'a'}", "not JSON")]
    [InlineData("{\"aipid\":\"a\",}", "not JSON")]
    [InlineData("""{"aipid":"a","aipid":"b"}""", "twice")]
    [InlineData("""{"aipid":5}""", "aipid")]
    [InlineData("""{"aipid":""}""", "aipid \"\"")]
    [InlineData("""{"aipid":"../b"}""", "aipid \"../b\"")]
    [InlineData("""{"aipid":"a","action":"delete"}""", "action \"delete\"")]
    [InlineData("""{"aipid":"a","action":""}""", "action \"\"")]
    [InlineData("""{"aipid":"a","priority":"LOW"}""", "priority \"LOW\"")]
    [InlineData("""{"aipid":"a","timestamp":"yesterday"}""", "timestamp \"yesterday\"")]
    [InlineData("""{"aipid":"a","metadata":[]}""", "metadata")]
    [InlineData("""{"aipid":"a","metadata":"x"}""", "metadata")]
    [InlineData("""{"files":[]}""", "files is empty")]
    [InlineData("""{"files":{}}""", "files")]
    [InlineData("""{"files":[null]}""", "files[0] has no source")]
    [InlineData("""{"files":[{"source":"x"},{"destination":"y"}]}""", "files[1] has no source")]
    [InlineData("""{"files":[{"source":""}]}""", "files[0] has no source")]
    [InlineData("""{"files":["x"]}""", "$.files[0]")]
    [InlineData("""{"files":[{"source":"x","destination":5}]}""", "destination")]
    [InlineData("""{"aipid":"a","filenames":[]}""", "filenames is empty")]
    [InlineData("""{"aipid":"a","filenames":[""]}""", "filenames[0] is empty")]
    [InlineData("""{"aipid":"a","filenames":["x",null]}""", "filenames[1] is empty")]
    [InlineData("""{"filenames":["x"]}""", "nothing to archive")]
    [InlineData("""{"filesFrom":""}""", "filesFrom is empty")]
    [InlineData("""{"aipid":"a","filenames":["x"],"files":[{"source":"x"}]}""", "files and filenames")]
    [InlineData("""{"files":[{"source":"x"}],"filesFrom":"x"}""", "files and filesFrom")]
    public void A_request_that_breaks_a_rule_is_exit_code_65_with_the_reason(string payload, string words)
    {
        var error = Assert.Throws<ArchiverException>(() => RequestReader.Parse(payload));

        Assert.Equal(ExitCode.DataError, error.ExitCode);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"filenames":["x"]}""")]
    public void A_request_without_an_aipid_takes_the_one_given_alongside(string payload)
    {
        Assert.NotNull(RequestReader.Parse(Encoding.UTF8.GetBytes(payload), "photos"));
        Assert.Throws<ArchiverException>(() => RequestReader.Parse(Encoding.UTF8.GetBytes(payload)));
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        var payload = "{\"aipid\":\"" + '\uD800' + "\"}";

        Assert.Contains("Unicode", Assert.Throws<ArchiverException>(() => RequestReader.Parse(payload)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused() =>
        Assert.Equal(ExitCode.DataError, Assert.Throws<ArchiverException>(
            static () => RequestReader.Parse(new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' })).ExitCode);

    [Fact]
    public void A_payload_that_is_nested_too_deep_is_refused_and_not_a_crash()
    {
        var deep = "{\"aipid\":\"a\",\"metadata\":" + new string('[', 100_000) + new string(']', 100_000) + "}";

        Assert.Contains("deeper", Assert.Throws<ArchiverException>(() => RequestReader.Parse(deep)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_properties_are_kept()
    {
        var request = RequestReader.Parse("""{"files":[{"source":"x"}],"user_email":"a@b.test","nested":{"a":[1]}}""");

        Assert.Equal(["user_email", "nested"], request.Unknown!.Keys);
        Assert.Equal("""{"a":[1]}""", request.Unknown["nested"].GetRawText());
    }

    [Fact]
    public void An_action_that_is_absent_is_archive() => Assert.Equal("archive", RequestReader.Parse("""{"aipid":"a"}""").Action);

    [Theory]
    [InlineData("2024-05-30T14:29:22.850913+00:00", "2024-05-30T14:29:22.8509130+00:00")]
    [InlineData("2024-05-30T14:29:22.850913", "2024-05-30T14:29:22.8509130+00:00")]
    [InlineData("2024-05-30T14:29:22Z", "2024-05-30T14:29:22.0000000+00:00")]
    [InlineData("2024-05-30T23:29:22-05:00", "2024-05-31T04:29:22.0000000+00:00")]
    [InlineData("2024-05-30 14:29", "2024-05-30T14:29:00.0000000+00:00")]
    [InlineData("2024-05-30", "2024-05-30T00:00:00.0000000+00:00")]
    public void Timestamps_are_iso_8601_and_utc_when_they_name_no_offset(string text, string expected) =>
        Assert.Equal(expected, RequestReader.ParseTimestamp(text)?.ToString("O", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1717079362")]
    [InlineData("yesterday at noon")]
    [InlineData("2024-13-30T14:29:22Z")]
    [InlineData("30 May 2024 14:29")]
    [InlineData("05/30/2024 14:29:22")]
    public void Other_texts_are_no_timestamps(string? text) => Assert.Null(RequestReader.ParseTimestamp(text));

    [Fact]
    public void A_request_of_a_hundred_thousand_files_is_read()
    {
        var payload = new StringBuilder("{\"files\":[");
        payload.AppendJoin(',', Enumerable.Range(0, 100_000).Select(static i => $$"""{"source":"{{i}}"}"""));

        Assert.Equal(100_000, RequestReader.Parse(payload.Append("]}").ToString()).Files!.Count);
    }
}
