using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.EndToEnd.Support.Programs;

/// <summary>A valid request that tells tests/Dummy what to do.</summary>
public static class DummyRequest
{
    /// <summary>Orders go by the names in tests/Dummy/Orders.cs, in snake case: <c>new { exit = 75 }</c>. Padding makes the message longer.</summary>
    public static string For(string aipId, object? orders = null, int padding = 0)
    {
        var request = new JsonObject { ["aipid"] = aipId, ["dummy"] = JsonSerializer.SerializeToNode(orders ?? new { }) };
        if (padding > 0)
            request["padding"] = new string('p', padding);
        return request.ToJsonString();
    }
}
