using System.Diagnostics.CodeAnalysis;

namespace Archiver.Poller.Requests;

/// <summary>
/// Names that some reader of JSON takes for the same: .NET's web defaults and Newtonsoft ignore case as ASCII has it, Go and Java as
/// Unicode folds it, where the long s is an s, the Kelvin sign a k, and the dotless i an i.
/// </summary>
internal sealed class LooseNames : IEqualityComparer<string>
{
    public static readonly LooseNames Instance = new();

    public bool Equals(string? x, string? y) => x is null || y is null ? x is null && y is null : Fold(x) == Fold(y);

    public int GetHashCode([DisallowNull] string obj) => Fold(obj).GetHashCode(StringComparison.Ordinal);

    private static string Fold(string name) => string.Create(name.Length, name, static (folded, name) =>
    {
        for (var i = 0; i < name.Length; i++)
            folded[i] = name[i] switch
            {
                'ſ' => 's',
                '\u212A' => 'k',
                'ı' or 'İ' => 'i',
                var other => char.ToLowerInvariant(other),
            };
    });
}
