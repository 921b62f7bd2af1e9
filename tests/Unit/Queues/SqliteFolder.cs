using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Archiver.Tests.Queues;

/// <summary>A queue file in its own folder, and what other programs do to it.</summary>
internal sealed class SqliteFolder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("archiver-queue-").FullName;

    public string File => Path.Combine(Folder, "queues.db");

    public string Location => $"sqlite:{File}#requests";

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    public object? Ask(string sql)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of these tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    /// <summary>Inserts a row into the queue "requests" as another program might; columns not given have valid values.</summary>
    public void Insert(
        string body = "'{}'",
        string? id = null,
        string sentAt = "0",
        string visibleAt = "0",
        string receives = "0",
        string attributes = "NULL",
        string group = "NULL") => Ask(
        $"""
        INSERT INTO messages (queue, id, group_id, sent_at, visible_at, receives, attributes, body)
        VALUES ((SELECT id FROM queues WHERE name = 'requests'), {id ?? $"'{Guid.NewGuid():D}'"}, {group}, {sentAt}, {visibleAt}, {receives}, {attributes}, {body})
        """);

    /// <summary>Has another process send a message.</summary>
    public async Task SendElsewhereAsync(CancellationToken cancellationToken)
    {
        using var worker = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "archiver-queue-worker.dll"), "send", Location, "1"]) { RedirectStandardOutput = true })!;
        await worker.StandardOutput.ReadToEndAsync(cancellationToken);
        await worker.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, worker.ExitCode);
    }
}
