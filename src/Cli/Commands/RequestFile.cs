using Archiver.Contract;
using Archiver.Contract.Boundary;

namespace Archiver.Cli.Commands;

/// <summary>What <c>--file</c> names.</summary>
internal static class RequestFile
{
    private const string StandardInput = "-";

    /// <exception cref="ArchiverException">Exit code 66: it cannot be read.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        if (Directory.Exists(file))
            throw new ArchiverException(ExitCode.NoInput, $"--file {file} is a folder; name a file with one request as JSON.");
        try
        {
            if (file != StandardInput)
                return await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
            using var memory = new MemoryStream();
            await using var input = Console.OpenStandardInput();
            await input.CopyToAsync(memory, cancellationToken).ConfigureAwait(false);
            return memory.ToArray();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ArchiverException(ExitCode.NoInput, $"--file {file} cannot be read: {error.Message}", error);
        }
    }
}
