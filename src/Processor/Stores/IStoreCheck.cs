using Archiver.Contract;

namespace Archiver.Processor.Stores;

/// <summary>Looks whether a store can be used, cheaply and without leaving anything in it. Throws <see cref="ArchiverException"/> when it cannot.</summary>
public interface IStoreCheck
{
    /// <summary>Whether sources can be read.</summary>
    /// <returns>What could not be found out, in a few words; null when all could.</returns>
    Task<string?> ReadableAsync(CancellationToken cancellationToken);

    /// <summary>Whether archives can be written.</summary>
    /// <returns>What could not be found out, in a few words; null when all could.</returns>
    Task<string?> WritableAsync(CancellationToken cancellationToken);
}
