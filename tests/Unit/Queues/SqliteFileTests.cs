using System.Runtime.Versioning;
using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Queues;
using Archiver.Queues.Local;
using Archiver.Queues.Sqlite;
using Microsoft.Data.Sqlite;

namespace Archiver.Tests.Queues;

[UnsupportedOSPlatform("windows")]
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

        // The last connection to close removes the log; an open one would keep it.
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

    [Fact]
    public async Task A_receive_that_is_stopped_does_not_wait_for_another_connection_s_lock()
    {
        await using var queue = new SqliteMessageQueue($"sqlite:{File}");
        await queue.SendAsync(new OutgoingMessage("locked"), Token);
        await using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        other.Open();
        await using var transaction = other.BeginTransaction();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var receive = queue.ReceiveAsync(1, TimeSpan.FromSeconds(20), stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receive.WaitAsync(TimeSpan.FromSeconds(15), Token));
    }

    [Fact]
    public async Task Nobody_else_may_read_the_files()
    {
        await using var queue = new SqliteMessageQueue($"sqlite:{File}");
        await queue.SendAsync(new OutgoingMessage("private"), Token);

        var files = Directory.GetFiles(_folder);
        Assert.Equal(3, files.Length);
        Assert.All(files, static file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Permissions_that_a_file_has_stay()
    {
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        System.IO.File.WriteAllBytes(File, []);
        System.IO.File.SetUnixFileMode(File, mode);

        await using var queue = new SqliteMessageQueue($"sqlite:{File}");

        Assert.Equal(mode, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public async Task A_file_of_an_earlier_version_is_used_and_stays_usable_for_it()
    {
        var soon = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds();
        Execute($"""
            PRAGMA journal_mode = WAL;
            CREATE TABLE queues (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, visibility_ms INTEGER NOT NULL, dead_letters INTEGER REFERENCES queues (id), max_receives INTEGER NOT NULL);
            CREATE TABLE messages (
                position INTEGER PRIMARY KEY AUTOINCREMENT, queue INTEGER NOT NULL REFERENCES queues (id), id TEXT NOT NULL UNIQUE, group_id TEXT, sent_at INTEGER NOT NULL,
                visible_at INTEGER NOT NULL, receives INTEGER NOT NULL DEFAULT 0, receipt TEXT, attributes TEXT, body NOT NULL);
            CREATE INDEX messages_in_queue ON messages (queue);
            CREATE INDEX messages_in_group ON messages (queue, group_id, visible_at) WHERE group_id IS NOT NULL;
            CREATE TABLE deduplication (queue INTEGER NOT NULL REFERENCES queues (id), id TEXT NOT NULL, message TEXT NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (queue, id)) WITHOUT ROWID;
            PRAGMA user_version = 1;
            INSERT INTO queues VALUES (1, 'requests-dead', 30000, NULL, 5), (2, 'requests', 30000, 1, 5);
            INSERT INTO messages (queue, id, sent_at, visible_at, receives, receipt, body) VALUES
                (2, '00000000-0000-0000-0000-000000000001', {soon}, {soon}, 1, '00000000-0000-0000-0000-000000000001.00000000000000000000000000000000', 'in flight'),
                (2, '00000000-0000-0000-0000-000000000002', {soon}, {soon}, 0, NULL, 'sent by a clock ahead of ours');
            """);
        await using var queue = new SqliteMessageQueue($"sqlite:{File}#requests");

        Assert.Equal("sent by a clock ahead of ours", Assert.Single(await queue.ReceiveAsync(10, TimeSpan.Zero, Token)).Body);

        Execute("INSERT INTO messages (queue, id, sent_at, visible_at, body) VALUES (2, '00000000-0000-0000-0000-000000000003', 1, 1, 'sent by an earlier version')");
        Assert.Equal("sent by an earlier version", Assert.Single(await queue.ReceiveAsync(10, TimeSpan.Zero, Token)).Body);
        Assert.Equal(3, (await queue.GetPropertiesAsync(Token)).InFlight);
    }

    [Fact]
    public async Task Whatever_is_damaged_in_it_is_told_in_one_line()
    {
        await using (var queue = new SqliteMessageQueue($"sqlite:{File}"))
            for (var i = 0; i < 100; i++)
                await queue.SendAsync(new OutgoingMessage($"message {i} {new string('x', i * 10)}"), Token);
        var whole = System.IO.File.ReadAllBytes(File);
        var told = 0;
        for (var seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            var damaged = whole.ToArray();
            random.NextBytes(damaged.AsSpan(random.Next(seed % 3 == 0 ? 100 : damaged.Length - 64), random.Next(1, 64)));
            foreach (var file in Directory.GetFiles(_folder))
                System.IO.File.Delete(file);
            System.IO.File.WriteAllBytes(File, seed % 5 == 0 ? damaged[..random.Next(1, damaged.Length)] : damaged);
            told += await UseAsync() ? 0 : 1;
        }

        Assert.InRange(told, 10, 60);
    }

    private async Task<bool> UseAsync()
    {
        try
        {
            await using var queue = new SqliteMessageQueue($"sqlite:{File}");
            await queue.SendAsync(new OutgoingMessage("one more"), Token);
            while (await queue.ReceiveAsync(10, TimeSpan.Zero, Token) is { Count: > 0 } messages)
                await queue.DeleteAsync([.. messages.Select(m => m.ReceiptHandle)], Token);
            return true;
        }
        catch (ArchiverException error)
        {
            Assert.Contains(error.ExitCode, new[] { ExitCode.Config, ExitCode.Unavailable });
            Assert.StartsWith($"The queue file {File} ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
            return false;
        }
    }

    [Theory]
    [InlineData("-shm", ExitCode.Config, "cannot be written")]
    [InlineData("-wal", ExitCode.Unavailable, "disk I/O error")]
    public void What_stands_where_its_log_belongs_is_told(string suffix, int exitCode, string words)
    {
        Directory.CreateDirectory(File + suffix);

        var error = Assert.Throws<ArchiverException>(() => { _ = new SqliteMessageQueue($"sqlite:{File}"); });

        Assert.Equal(exitCode, error.ExitCode);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, ExitCode.Config, "cannot be written")]
    [InlineData(5, ExitCode.Unavailable, "is locked")]
    [InlineData(6, ExitCode.Unavailable, "is locked")]
    [InlineData(8, ExitCode.Config, "cannot be written")]
    [InlineData(10, ExitCode.Unavailable, "disk I/O error")]
    [InlineData(11, ExitCode.Config, "is damaged")]
    [InlineData(13, ExitCode.Unavailable, "disk is full")]
    [InlineData(14, ExitCode.Config, "cannot be opened")]
    [InlineData(15, ExitCode.Unavailable, "is locked")]
    [InlineData(26, ExitCode.Config, "is not a SQLite database")]
    [InlineData(7, ExitCode.Unavailable, "failed")]
    public void Each_error_of_SQLite_has_its_words(int code, int exitCode, string words)
    {
        var error = SqliteErrors.Explain(new SqliteException("in SQLite's words", code), "/queues.db");

        Assert.Equal(exitCode, error.ExitCode);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Contains("/queues.db", error.Message, StringComparison.Ordinal);
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
