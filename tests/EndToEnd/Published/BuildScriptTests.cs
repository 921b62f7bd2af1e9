using Archiver.EndToEnd.Support;

namespace Archiver.EndToEnd.Published;

/// <summary>build.sh when it is not told well.</summary>
public sealed class BuildScriptTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_folder_that_holds_something_else_is_left_as_it_is()
    {
        var file = _folder.Put("holdings/a.txt", "text");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => BuildScript.RunAsync([_folder["holdings"]]));

        Assert.Contains("ended with 73", error.Message, StringComparison.Ordinal);
        Assert.Contains("name another folder", error.Message, StringComparison.Ordinal);
        Assert.Equal("text", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_option_that_there_is_not_is_no_folder()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => BuildScript.RunAsync(["--relaese"]));

        Assert.Contains("ended with 64", error.Message, StringComparison.Ordinal);
        Assert.Contains("--relaese is no option", error.Message, StringComparison.Ordinal);
    }
}
