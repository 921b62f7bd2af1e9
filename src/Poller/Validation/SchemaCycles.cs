namespace Archiver.Poller.Validation;

/// <summary>Finds a schema that asks for itself before it looks at anything below a value: to validate by it would never end.</summary>
internal sealed class SchemaCycles
{
    private readonly Dictionary<string, List<string>> _sameValue = [];

    /// <summary>The schema at one place is held against the same value as that at another.</summary>
    public void Add(string from, string to)
    {
        if (!_sameValue.TryGetValue(from, out var targets))
            _sameValue.Add(from, targets = []);
        targets.Add(to);
    }

    /// <summary>A place on such a circle; null when there is none.</summary>
    public string? Find()
    {
        var known = new Dictionary<string, bool>();
        return _sameValue.Keys.FirstOrDefault(place => LeadsIntoCircle(place, known));
    }

    // True in the dictionary while the place is on the way that is being followed.
    private bool LeadsIntoCircle(string place, Dictionary<string, bool> known)
    {
        if (known.TryGetValue(place, out var onTheWay))
            return onTheWay;
        known[place] = true;
        if (_sameValue.TryGetValue(place, out var targets) && targets.Exists(target => LeadsIntoCircle(target, known)))
            return true;
        known[place] = false;
        return false;
    }
}
