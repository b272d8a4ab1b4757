namespace Fixtures.Testing;

/// <summary>Lets the environment keep test databases, to look at what a failed test left.</summary>
internal static class KeptDatabases
{
    private const string Variable = "FIXTURES_KEEP";
    private const int LongestLabels = 80;

    /// <summary>Where a test database is to be: as the options say, and kept if the environment says so.</summary>
    /// <param name="options">The options.</param>
    /// <param name="labels">The labels, for the file's name.</param>
    /// <param name="environment">Gives the value of an environment variable, or null.</param>
    public static TestDatabaseOptions Place(TestDatabaseOptions options, IReadOnlyList<string> labels, Func<string, string?> environment)
    {
        if (options.Keep || environment(Variable) is not { } value)
            return options;
        string? folder = value.ToLowerInvariant() switch
        {
            "" or "0" or "false" => null,
            "1" or "true" => Path.Combine(Path.GetTempPath(), "fixtures-kept"),
            _ => value,
        };
        return folder is null ? options : new TestDatabaseOptions { IsFile = true, Keep = true, Path = options.Path ?? Path.Combine(folder, NameOf(labels)) };
    }

    /// <summary>The labels, so that a person finds it, and the time, so that the latest is last: <c>testdata-20240229T101500.123-4f2a.db</c>.</summary>
    private static string NameOf(IReadOnlyList<string> labels)
    {
        string name = string.Join('+', labels.Select(label => Path.GetFileName(label)));
        foreach (char invalid in Path.GetInvalidFileNameChars())
            name = name.Replace(invalid, '_');
        name = name.Length == 0 ? "schema" : name[..Math.Min(name.Length, LongestLabels)];
        return $"{name}-{DateTime.UtcNow:yyyyMMdd'T'HHmmss'.'fff}-{Guid.NewGuid().ToString("N")[..4]}.db";
    }
}
