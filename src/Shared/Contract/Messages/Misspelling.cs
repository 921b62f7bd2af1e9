namespace Archiver.Contract.Messages;

/// <summary>
/// An unknown property whose name is close to a known one: probably misspelt, and therefore without effect.
/// </summary>
/// <param name="Given">The name in the request.</param>
/// <param name="Meant">The name that was probably meant.</param>
internal sealed record Misspelling(string Given, string Meant)
{
    private const int MostEdits = 2;
    private const int MostReported = 5;

    private static readonly string[] Known = ["action", "aipid", "files", "filenames", "filesFrom", "metadata", "priority", "timestamp"];

    /// <summary>The first few of a request.</summary>
    public static IEnumerable<Misspelling> In(ArchiveRequest request) =>
        (request.Unknown?.Keys ?? []).Select(Of).OfType<Misspelling>().Take(MostReported);

    /// <inheritdoc />
    public override string ToString() => $"The request's property \"{Given}\" is unknown and has no effect; did you mean \"{Meant}\"?";

    private static Misspelling? Of(string name) =>
        Known.Where(known => Math.Abs(known.Length - name.Length) <= MostEdits)
            .Select(known => (Known: known, Edits: EditsBetween(name.ToUpperInvariant(), known.ToUpperInvariant())))
            .Where(static near => near.Edits <= MostEdits)
            .OrderBy(static near => near.Edits)
            .Select(near => new Misspelling(name, near.Known))
            .FirstOrDefault();

    // Characters inserted, deleted, replaced, or swapped with their neighbour.
    private static int EditsBetween(string a, string b)
    {
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                edits[i, j] = (i, j) switch
                {
                    (0, _) => j,
                    (_, 0) => i,
                    _ => Math.Min(Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1, edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)),
                };
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }
        return edits[a.Length, b.Length];
    }
}
