using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Archiver.Inventory;

/// <summary>A software bill of materials, CycloneDX 1.6: https://cyclonedx.org/docs/1.6/json/</summary>
internal static class BillOfMaterials
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string version, DateTimeOffset time, IReadOnlyList<Package> packages)
    {
        var release = $"pkg:generic/archiver@{version}";
        var bill = new JsonObject
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["timestamp"] = time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", null),
                ["component"] = new JsonObject
                {
                    ["type"] = "application",
                    ["bom-ref"] = release,
                    ["name"] = "archiver",
                    ["version"] = version,
                    ["licenses"] = Licenses("MIT"),
                },
            },
            ["components"] = Array(packages.Select(Component)),
            ["dependencies"] = Array(packages.Select(package => Dependency(package, packages)).Prepend(new JsonObject
            {
                ["ref"] = release,
                ["dependsOn"] = Array(packages.Select(static package => JsonValue.Create(package.Url))),
            })),
        };
        // By its content, so that the same release has the same.
        bill["serialNumber"] = $"urn:uuid:{new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(bill.ToJsonString())).AsSpan(0, 16), bigEndian: true)}";
        return bill.ToJsonString(Format) + "\n";
    }

    private static JsonObject Component(Package package)
    {
        var component = new JsonObject
        {
            ["type"] = "library",
            ["bom-ref"] = package.Url,
            ["name"] = package.Name,
            ["version"] = package.Version,
            ["licenses"] = Licenses(package.Metadata.License),
            ["copyright"] = package.Metadata.Copyright,
            ["purl"] = package.Url,
        };
        if (package.Sha512 is { } hash)
            component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = hash });
        if (package.Metadata.ProjectUrl is { } url)
            component["externalReferences"] = new JsonArray(new JsonObject { ["type"] = "website", ["url"] = url });
        return component;
    }

    // A package has one version in each program; two programs may have two.
    private static JsonObject Dependency(Package package, IReadOnlyList<Package> all) => new()
    {
        ["ref"] = package.Url,
        ["dependsOn"] = Array(all.Where(other => package.Dependencies.Contains(other.Name)).Select(static other => JsonValue.Create(other.Url))),
    };

    private static JsonArray Licenses(string expression) => [new JsonObject { ["license"] = new JsonObject { ["id"] = expression } }];

    private static JsonArray Array(IEnumerable<JsonNode?> items) => [.. items];
}
