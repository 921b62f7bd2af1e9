namespace Archiver.Queues;

/// <summary>Text that not every queue can carry.</summary>
internal static class MessageText
{
    /// <summary>Where half a surrogate pair stands, which no encoding can carry; -1 when all of them are whole.</summary>
    public static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
            return -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return i;
            i++;
        }

        return -1;
    }
}
