using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores;

/// <summary>Errors that all stores report in the same words.</summary>
internal static class StoreErrors
{
    public static ArchiverException Changed(ObjectAddress address, string how) =>
        new(ExitCode.TempFail, $"{address} changed while it was archived ({how}); trying again may help.");

    /// <summary>Compares the CRC-32 of what was read or copied with the one that the store has on record, if any.</summary>
    public static void CheckRecord(in SourceObject source, uint crc)
    {
        if (source.Record?.Crc is { } known && known != crc)
            throw Changed(source.Address, $"its CRC-32 is {crc:x8}, not {known:x8} on record");
    }

    public static ArchiverException Missing(ObjectAddress address) => new(ExitCode.NoInput, $"{address} does not exist.");
}
