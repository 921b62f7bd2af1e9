using Microsoft.AspNetCore.Http;

namespace Archiver.EndToEnd.Support;

/// <summary>
/// The faults in force. Chance is seeded, so that the same requests in the same order fail again; requests that
/// run side by side may come in another order.
/// </summary>
public sealed class Faults(int seed)
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly List<Rule> _rules = [];

    public void Add(Fault fault)
    {
        lock (_lock)
            _rules.Add(new Rule(fault));
    }

    public void Clear()
    {
        lock (_lock)
            _rules.Clear();
    }

    /// <summary>The fault that this request meets, if any: of the first rule that strikes.</summary>
    internal Fault? Draw(string operation, HttpRequest request)
    {
        lock (_lock)
            return _rules.FirstOrDefault(rule => rule.Strikes(operation, request, _random))?.Fault;
    }

    private sealed class Rule(Fault fault)
    {
        private int _seen;
        private int _struck;

        public Fault Fault => fault;

        public bool Strikes(string operation, HttpRequest request, Random random)
        {
            if (fault.Operations.Count > 0 && !fault.Operations.Contains(operation))
                return false;
            if (!fault.When(request) || ++_seen <= fault.After || _struck >= fault.Times)
                return false;
            if (random.NextDouble() >= fault.Rate)
                return false;
            _struck++;
            return true;
        }
    }
}
