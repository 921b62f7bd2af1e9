using Archiver.Contract;
using Archiver.Contract.Boundary;
using Archiver.Programs.Settings;

namespace Archiver.Poller.Validation;

/// <summary>Finds the schema of requests: the user's own by file or URL, else the one that is built in.</summary>
internal static class SchemaLoader
{
    private const string BuiltIn = "schemas/archive-request.schema.json";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <exception cref="ArchiverException">Exit code 78: it cannot be read or enforced.</exception>
    public static async Task<IMessageValidator> LoadAsync(string? schemaFile, CancellationToken cancellationToken)
    {
        var reading = schemaFile is null ? ReadBuiltInAsync(cancellationToken) : ReadAsync(schemaFile, cancellationToken);
        var text = await reading.ConfigureAwait(false);
        return JsonSchemaValidator.Parse(text, schemaFile ?? BuiltIn);
    }

    private static async Task<string> ReadAsync(string schemaFile, CancellationToken cancellationToken)
    {
        try
        {
            if (!IsUrl(schemaFile))
                return await File.ReadAllTextAsync(StoreLocation.FolderPath(schemaFile) ?? schemaFile, cancellationToken)
                    .ConfigureAwait(false);
            using var http = new HttpClient { Timeout = Patience };
            return await http.GetStringAsync(new Uri(schemaFile), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is IOException or UnauthorizedAccessException or HttpRequestException or TaskCanceledException or UriFormatException)
        {
            var setting = SettingCatalog.PollerSchemaFile.EnvironmentNames[0];
            throw new ArchiverException(
                ExitCode.Config, $"{setting} {schemaFile} cannot be read: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private static bool IsUrl(string schemaFile) =>
        schemaFile.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || schemaFile.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static async Task<string> ReadBuiltInAsync(CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(typeof(SchemaLoader).Assembly.GetManifestResourceStream(BuiltIn)!);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }
}
