namespace Fixtures;

/// <summary>Where a label was looked for, and what was found.</summary>
/// <param name="Label">The label.</param>
public sealed record SearchReport(string Label)
{
    /// <summary>The file names that would match, in the order of their preference.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The directories that were searched, in order.</summary>
    public IReadOnlyList<SearchedDirectory> Directories { get; init; } = [];

    /// <summary>The files that the label stands for, in the order in which they are loaded. Empty where <see cref="Problem"/> is set.</summary>
    public IReadOnlyList<FixtureFile> Files { get; init; } = [];

    /// <summary>Whether the label also names code (<see cref="FixtureOptions.Code"/>).</summary>
    public bool Code { get; init; }

    /// <summary>Why the label cannot be loaded, or null if it can.</summary>
    public string? Problem { get; init; }

    /// <summary>How many times the file system was asked for this report.</summary>
    public int FileSystemCalls { get; init; }
}

/// <summary>A directory that was searched for a label.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Exists">Whether it is there.</param>
/// <param name="FileCount">How many files it holds.</param>
/// <param name="Matches">The names in it that match.</param>
public sealed record SearchedDirectory(string Path, bool Exists, int FileCount, IReadOnlyList<string> Matches);
