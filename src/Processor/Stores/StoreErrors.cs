using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores;

/// <summary>Failures that every store knows, in one voice.</summary>
internal static class StoreErrors
{
    public static ArchiverException Changed(ObjectAddress address, string how) =>
        new(ExitCode.TempFail, $"{address} changed while it was archived ({how}); trying again may help.");

    /// <summary>Holds the CRC-32 of all that was read or copied against the one that the store has on record, if any.</summary>
    public static void CheckRecord(in SourceObject source, uint crc)
    {
        if (source.Record?.Crc is { } known && known != crc)
            throw Changed(source.Address, $"its CRC-32 is {crc:x8}, and {known:x8} on record");
    }

    public static ArchiverException Missing(ObjectAddress address) =>
        new(ExitCode.NoInput, $"{address} does not exist.");
}
