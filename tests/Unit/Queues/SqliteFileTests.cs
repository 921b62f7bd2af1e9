using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Queues;
using Archiver.Queues.Local;
using Archiver.Queues.Sqlite;
using Microsoft.Data.Sqlite;

namespace Archiver.Tests.Queues;

public sealed class SqliteFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("archiver-queue-").FullName;

    private string File => Path.Combine(_folder, "queues.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Messages_outlive_their_process_s_queue()
    {
        string id;
        await using (var queue = new SqliteMessageQueue($"sqlite:{File}"))
            id = await queue.SendAsync(new OutgoingMessage("kept"), Token);

        await using var again = new SqliteMessageQueue($"sqlite:{File}#archive-requests");

        Assert.Equal(id, Assert.Single(await again.ReceiveAsync(1, TimeSpan.Zero, Token)).MessageId);
    }

    [Fact]
    public async Task A_copy_of_the_files_of_an_open_queue_holds_all_that_was_sent()
    {
        await using var queue = new SqliteMessageQueue($"sqlite:{File}");
        for (var i = 0; i < 20; i++)
            await queue.SendAsync(new OutgoingMessage($"message {i}"), Token);
        var copy = Directory.CreateDirectory(Path.Combine(_folder, "copy")).FullName;
        foreach (var file in Directory.GetFiles(_folder, "queues.db*").Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)))
            System.IO.File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));

        await using var after = new SqliteMessageQueue($"sqlite:{copy}/queues.db");

        Assert.Equal(20, (await after.GetPropertiesAsync(Token)).Visible);
    }

    [Fact]
    public async Task Disposing_releases_the_file()
    {
        await using (var queue = new SqliteMessageQueue($"sqlite:{File}"))
            await queue.SendAsync(new OutgoingMessage("x"), Token);

        // The last one to leave tidies up; an open connection would keep the log beside the file.
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_disposed_queue_says_so()
    {
        var queue = new SqliteMessageQueue($"sqlite:{File}");
        await queue.DisposeAsync();
        await queue.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => queue.ReceiveAsync(1, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task Several_queues_live_in_one_file()
    {
        await using var requests = new SqliteMessageQueue($"sqlite:{File}#requests");
        await using var completions = new SqliteMessageQueue($"sqlite:{File}#completions");
        await requests.SendAsync(new OutgoingMessage("request"), Token);

        Assert.Empty(await completions.ReceiveAsync(1, TimeSpan.Zero, Token));
        Assert.Single(await requests.ReceiveAsync(1, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task A_queue_keeps_the_settings_that_it_was_created_with()
    {
        await using var first = new SqliteMessageQueue($"sqlite:{File}", new LocalQueueOptions { VisibilityTimeout = TimeSpan.FromSeconds(7), MaxReceiveCount = 2 });
        await using var second = new SqliteMessageQueue($"sqlite:{File}", new LocalQueueOptions { VisibilityTimeout = TimeSpan.FromSeconds(9) });

        var properties = await second.GetPropertiesAsync(Token);

        Assert.Equal((TimeSpan.FromSeconds(7), 2), (properties.VisibilityTimeout, properties.Redrive!.MaxReceiveCount));
    }

    [Fact]
    public async Task A_dead_letter_queue_that_is_opened_first_is_the_one_of_its_queue()
    {
        await using var dead = new SqliteMessageQueue($"sqlite:{File}#requests-dead");
        await using var queue = new SqliteMessageQueue($"sqlite:{File}#requests");

        Assert.Equal(dead.Location, (await queue.GetPropertiesAsync(Token)).Redrive!.DeadLetterQueue);
    }

    [Fact]
    public async Task Folders_are_created()
    {
        await using var queue = new SqliteMessageQueue($"sqlite:{_folder}/a/b/c#d.db#requests");

        Assert.True(System.IO.File.Exists(Path.Combine(_folder, "a/b/c#d.db")));
    }

    [Fact]
    public async Task Another_connection_s_lock_is_waited_for()
    {
        await using var queue = new SqliteMessageQueue($"sqlite:{File}");
        await using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        other.Open();
        var transaction = other.BeginTransaction();

        var send = queue.SendAsync(new OutgoingMessage("patient"), Token);
        await transaction.RollbackAsync(Token);
        await transaction.DisposeAsync();

        Assert.NotEmpty(await send);
    }

    [Theory]
    [InlineData("sqlite:")]
    [InlineData("sqlite:#requests")]
    [InlineData("sqlite:/tmp/queues.db#")]
    [InlineData("sqlite:/tmp/queues.db#two words")]
    [InlineData("sqlite:/tmp/que\0ues.db")]
    [InlineData("sqlite:/dev/null/queues.db")]
    [InlineData("sqlite:/proc/queues.db")]
    [InlineData("sqlite:/")]
    public void A_location_that_cannot_be_is_a_wrong_setting(string location) => AssertRefused(location, "");

    [Fact]
    public void A_folder_is_no_file() => AssertRefused($"sqlite:{_folder}", _folder);

    [Fact]
    public void A_file_that_is_no_database_is_left_alone()
    {
        var text = string.Concat(Enumerable.Repeat("This is a letter to a friend. ", 100));
        System.IO.File.WriteAllText(File, text);

        AssertRefused($"sqlite:{File}", File);
        Assert.Equal(text, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void A_database_of_another_program_is_left_alone()
    {
        Execute("CREATE TABLE recipes (name TEXT)");

        AssertRefused($"sqlite:{File}", "another program");
    }

    [Fact]
    public void A_file_of_a_newer_version_is_left_alone()
    {
        Execute("PRAGMA user_version = 99");

        AssertRefused($"sqlite:{File}", "newer version");
    }

    private static void AssertRefused(string location, string word)
    {
        var error = Assert.Throws<ArchiverException>(() => { _ = new SqliteMessageQueue(location); });
        Assert.Equal(ExitCode.Config, error.ExitCode);
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
