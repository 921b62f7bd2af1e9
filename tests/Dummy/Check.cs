using System.Globalization;

namespace Archiver.Dummy;

/// <summary>What a processor says when it is asked whether it could work: the exit code in the file that the environment variable ARCHIVER_DUMMY_CHECK names.</summary>
internal static class Check
{
    public static int End()
    {
        var exit = Environment.GetEnvironmentVariable("ARCHIVER_DUMMY_CHECK") is { Length: > 0 } file && File.Exists(file)
            ? int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture)
            : 0;
        Console.Out.WriteLine(Result.For("nobody", exit, isCheck: true));
        return exit;
    }
}
