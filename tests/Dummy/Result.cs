using System.Text.Json.Nodes;

namespace Archiver.Dummy;

/// <summary>What a processor prints.</summary>
internal static class Result
{
    public static string For(string aipId, int exit, bool isCheck = false)
    {
        var result = exit == 0 ? Success(aipId) : Failure(aipId, exit);
        if (isCheck)
            result["checked"] = true;
        return result.ToJsonString();
    }

    private static JsonObject Success(string aipId) => new()
    {
        ["aipid"] = aipId,
        ["success"] = true,
        ["message"] = "Files successfully archived.",
        ["archive"] = new JsonObject
        {
            ["uri"] = $"file:///dummy/{aipId}.zip",
            ["url"] = $"file:///dummy/{aipId}.zip",
            ["bytes"] = 22,
            ["files"] = 0,
            ["crc"] = "00000000",
            ["duration_ms"] = 1,
            ["reused"] = false,
        },
    };

    private static JsonObject Failure(string aipId, int exit) => new()
    {
        ["aipid"] = aipId,
        ["success"] = false,
        ["message"] = Reason(exit),
        ["error"] = new JsonObject { ["code"] = "DUMMY", ["exit_code"] = exit, ["detail"] = Reason(exit) },
    };

    private static string Reason(int exit) => $"The dummy was told to end with {exit}.";
}
