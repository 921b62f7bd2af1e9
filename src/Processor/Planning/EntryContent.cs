using Archiver.Processor.Stores;

namespace Archiver.Processor.Planning;

/// <summary>What an entry contains: the version of an object that was found, or generated text.</summary>
public readonly record struct EntryContent
{
    private readonly SourceObject _source;

    /// <summary>An object's content.</summary>
    public EntryContent(SourceObject source) => _source = source;

    /// <summary>Generated text.</summary>
    public EntryContent(GeneratedText text) => Text = text;

    /// <summary>The text; null if the content is an object.</summary>
    public GeneratedText? Text { get; }

    /// <summary>The object; null if the content is generated.</summary>
    public SourceObject? Source => Text is null ? _source : null;

    /// <summary>Bytes.</summary>
    public long Size => Text?.Length ?? _source.Size;

    /// <summary>Last modification, seconds since 1970 in UTC.</summary>
    public long ModifiedUnixSeconds => Text?.ModifiedUnixSeconds ?? _source.ModifiedUnixSeconds;
}
