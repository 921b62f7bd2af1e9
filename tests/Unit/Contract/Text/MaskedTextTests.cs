using Archiver.Contract.Text;

namespace Archiver.Tests.Contract.Text;

public sealed class MaskedTextTests
{
    [Theory]
    [InlineData("https://user:hunter2@host/x", "https://********@host/x")]
    [InlineData("http://hunter2@host:8080", "http://********@host:8080")]
    [InlineData("postgres://user:p@ss@host/db", "postgres://********@host/db")]
    [InlineData("https://host/key?X-Amz-Credential=a&X-Amz-Signature=hunter2 is gone", "https://host/key?******** is gone")]
    [InlineData("HTTPS://host?token=hunter2#part", "HTTPS://host?********#part")]
    [InlineData("\"https://a:b@c/?d\", \"http://e/f?g\"", "\"https://********@c/?********\", \"http://e/f?********\"")]
    public void User_password_and_query_of_urls_are_masked(string text, string masked) => Assert.Equal(masked, MaskedText.Urls(text));

    [Theory]
    [InlineData("https://sqs.eu-central-1.amazonaws.com/123456789012/name")]
    [InlineData("https://host/a@b")]
    [InlineData("s3://bucket/what?.txt")]
    [InlineData("sqlite:/a@b/queue.db#requests")]
    [InlineData("Is this the right folder? user@host")]
    public void Other_text_stays(string text) => Assert.Equal(text, MaskedText.Urls(text));
}
