using System.Net;
using System.Net.Sockets;
using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Poller.Health;

/// <summary>The port at which health is asked for.</summary>
internal static class HealthListener
{
    private const int Backlog = 512;

    /// <exception cref="ArchiverException">Exit code 78: the port is in use, or the address not of this machine.</exception>
    public static Socket Listen(IPEndPoint at)
    {
        // "All addresses" includes IPv4, and means IPv4 alone where there is no IPv6.
        var all = at.Address.Equals(IPAddress.IPv6Any);
        var address = all && !Socket.OSSupportsIPv6 ? IPAddress.Any : at.Address;
        var listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
                listener.DualMode = all;
            listener.Bind(new IPEndPoint(address, at.Port));
            listener.Listen(Backlog);
            return listener;
        }
        catch (SocketException error)
        {
            listener.Dispose();
            throw new ArchiverException(ExitCode.Config,
                $"Poller:HealthPort {at.Port} of Poller:HealthAddress {(all ? "*" : at.Address)} cannot be listened on: "
                + $"{error.Message}.", error);
        }
    }
}
