namespace Archiver.EndToEnd.Support.Programs;

/// <summary>What a program under test finds in its environment: what any program needs, what the test sets, and nothing of its caller's settings.</summary>
internal static class CleanEnvironment
{
    private static readonly string[] Kept = ["PATH", "TMPDIR", "LANG", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64", "LD_LIBRARY_PATH", "SSL_CERT_FILE"];

    public static void Fill(IDictionary<string, string?> environment, string home, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        foreach (var name in environment.Keys.Except(Kept).ToList())
            environment.Remove(name);
        environment["HOME"] = home;
        foreach (var (name, value) in settings.Where(static setting => setting.Value is not null))
            environment[name] = value;
    }
}
