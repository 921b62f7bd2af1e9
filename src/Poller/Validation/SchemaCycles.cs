using Json.Schema;

namespace Archiver.Poller.Validation;

/// <summary>Finds a schema that asks for itself before it looks at anything below a value: to validate by it would never end.</summary>
internal sealed class SchemaCycles
{
    private readonly Dictionary<JsonSchemaNode, List<JsonSchemaNode>> _sameValue = [];

    /// <summary>The one schema is held against the same value as the other.</summary>
    public void Add(JsonSchemaNode from, JsonSchemaNode to)
    {
        if (!_sameValue.TryGetValue(from, out var targets))
            _sameValue.Add(from, targets = []);
        targets.Add(to);
    }

    /// <summary>A schema on such a circle; null when there is none.</summary>
    public JsonSchemaNode? Find()
    {
        var known = new Dictionary<JsonSchemaNode, bool>();
        return _sameValue.Keys.FirstOrDefault(node => LeadsIntoCircle(node, known));
    }

    // True in the dictionary while the schema is on the way that is being followed.
    private bool LeadsIntoCircle(JsonSchemaNode node, Dictionary<JsonSchemaNode, bool> known)
    {
        if (known.TryGetValue(node, out var onTheWay))
            return onTheWay;
        known[node] = true;
        if (_sameValue.TryGetValue(node, out var targets) && targets.Exists(target => LeadsIntoCircle(target, known)))
            return true;
        known[node] = false;
        return false;
    }
}
