using Archiver.Poller.Health;

namespace Archiver.Tests.Poller.Health;

public sealed class HealthConnectionsTests
{
    private readonly HealthConnections _connections = new(most: 2);
    private readonly Connection[] _three = [new(), new(), new()];

    [Fact]
    public void The_oldest_gives_way_when_there_are_too_many()
    {
        Array.ForEach(_three, _connections.Add);

        Assert.Equal([true, false, false], _three.Select(static connection => connection.IsClosed));
    }

    [Fact]
    public void One_that_has_ended_leaves_room_for_another()
    {
        _connections.Add(_three[0]);
        _connections.Add(_three[1]);
        _connections.Close(_three[1]);
        _connections.Add(_three[2]);

        Assert.Equal([false, true, false], _three.Select(static connection => connection.IsClosed));
    }

    [Fact]
    public void In_the_end_all_are_closed()
    {
        _connections.Add(_three[0]);
        _connections.Add(_three[1]);
        _connections.CloseAll();

        Assert.Equal([true, true, false], _three.Select(static connection => connection.IsClosed));
    }

    private sealed class Connection : IDisposable
    {
        public bool IsClosed { get; private set; }

        public void Dispose() => IsClosed = true;
    }
}
