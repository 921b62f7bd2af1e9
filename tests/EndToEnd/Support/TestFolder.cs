namespace Archiver.EndToEnd.Support;

/// <summary>A folder of a test's own, empty at first and gone afterwards.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("archiver-test-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Folder(string name) => Directory.CreateDirectory(this[name]).FullName;

    /// <summary>Puts a file there; makes the folders above it.</summary>
    public string Put(string name, byte[] content)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Put(string name, string content) => Put(name, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>Puts a program there: a script of the shell.</summary>
    public string PutScript(string name, string commands)
    {
        var path = Put(name, $"#!/bin/sh\n{commands}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
