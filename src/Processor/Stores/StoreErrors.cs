using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Processor.Stores;

/// <summary>Failures that every store knows, in one voice.</summary>
internal static class StoreErrors
{
    public static ArchiverException Changed(ObjectAddress address, string how) =>
        new(ExitCode.TempFail, $"{address} changed while it was archived ({how}); trying again may help.");

    public static ArchiverException Missing(ObjectAddress address) =>
        new(ExitCode.NoInput, $"{address} does not exist.");
}
