namespace Archiver.Poller.Receiving;

/// <summary>What the circuit breaker says to do next.</summary>
internal abstract record ReceiveAdvice
{
    /// <summary>See whether messages can be worked on.</summary>
    internal sealed record Check : ReceiveAdvice;

    internal sealed record Wait(Outage Outage) : ReceiveAdvice;

    /// <param name="Trials">At most so many; null: as many as there are free slots.</param>
    internal sealed record Receive(int? Trials) : ReceiveAdvice;
}
