using Microsoft.Extensions.Configuration;

namespace Archiver.Programs.Settings;

/// <summary>One of the sources of settings.</summary>
/// <param name="Provider">Its values.</param>
/// <param name="Origin">How to describe it to users, for a given setting.</param>
/// <param name="EmptyIsNone">Whether an empty value means "none"; otherwise it counts as not set.</param>
internal sealed record SettingsLayer(IConfigurationProvider Provider, Func<Setting, string> Origin, bool EmptyIsNone);
