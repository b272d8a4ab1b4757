using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Fixtures;

/// <summary>What one call loaded.</summary>
public sealed record LoadReport
{
    /// <summary>How many records were saved.</summary>
    public int Objects { get; init; }

    /// <summary>How many records the fixtures hold, those that were excluded included. Records of unknown models that were passed over are not counted, as in Django.</summary>
    public int ObjectsInFixtures { get; init; }

    /// <summary>How many rows the tables held that <see cref="FixtureLoader.Flush(SqliteConnection)"/> has emptied; 0 where nothing was flushed.</summary>
    public long RowsDeleted { get; init; }

    /// <summary>The fixtures, in the order in which they were loaded.</summary>
    public IReadOnlyList<FileReport> Files { get; init; } = [];

    /// <summary>What is worth a look but no error, such as a fixture without records.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How long the call took, from finding the files to the commit.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The report as one line: <c>Installed 7 object(s) from 2 fixture(s)</c>.</summary>
    public override string ToString() => Objects == ObjectsInFixtures
        ? string.Create(CultureInfo.InvariantCulture, $"Installed {Objects} object(s) from {Files.Count} fixture(s)")
        : string.Create(CultureInfo.InvariantCulture, $"Installed {Objects} object(s) (of {ObjectsInFixtures}) from {Files.Count} fixture(s)");
}
