using Microsoft.Extensions.Configuration;

namespace Archiver.Programs.Settings;

/// <summary>One of the places that settings come from.</summary>
/// <param name="Provider">Its values.</param>
/// <param name="Origin">What to call it.</param>
/// <param name="EmptyIsNone">Whether an empty value says "none"; elsewhere it only holds the place of one.</param>
internal sealed record SettingsLayer(IConfigurationProvider Provider, Func<Setting, string> Origin, bool EmptyIsNone);
