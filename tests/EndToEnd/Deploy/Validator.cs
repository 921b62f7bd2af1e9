using Archiver.EndToEnd.Support;
using Archiver.EndToEnd.Support.Programs;

namespace Archiver.EndToEnd.Deploy;

/// <summary>The scripts in tests/validators: 0, or what is wrong on standard error.</summary>
internal static class Validator
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "validators");

    public static async Task<ProgramEnd> RunAsync(string script, params string[] files)
    {
        Assert.True(Directory.Exists(Path.Combine(Folder, "node_modules")), "The validators are not installed; run tests/endpoints/install.sh.");
        return await ProgramUnderTest.RunAsync(Node(), [Path.Combine(Folder, script), .. files], Folder);
    }

    // As tests/endpoints/sqs.sh: the pinned one first.
    private static string Node()
    {
        var modules = Path.Combine(Repository.Root, "tests", "endpoints", "node_modules");
        return Directory.Exists(modules)
            ? Directory.GetDirectories(modules, "node-linux-*").Select(static folder => Path.Combine(folder, "bin", "node")).FirstOrDefault(File.Exists) ?? "node"
            : "node";
    }
}
