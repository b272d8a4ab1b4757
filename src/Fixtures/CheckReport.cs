using System.Globalization;

namespace Fixtures;

/// <summary>What a check has found.</summary>
public sealed record CheckReport
{
    /// <summary>What is wrong, in the order of files and lines. Of each label the first thousand errors and the first thousand warnings.</summary>
    public IReadOnlyList<CheckProblem> Problems { get; init; } = [];

    /// <summary>How many errors there were, those not in <see cref="Problems"/> included. Zero: the fixtures can be loaded.</summary>
    public int ErrorCount { get; init; }

    /// <summary>How many warnings there were, those not in <see cref="Problems"/> included.</summary>
    public int WarningCount { get; init; }

    /// <summary>How many records the fixtures hold, as far as they can be read.</summary>
    public int Objects { get; init; }

    /// <summary>The fixtures that were checked, in order.</summary>
    public IReadOnlyList<FixtureFile> Files { get; init; } = [];

    /// <summary>How long the call took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The report as one line: <c>Checked 118 object(s) in 12 fixture(s): 1 error(s), 2 warning(s)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"Checked {Objects} object(s) in {Files.Count} fixture(s): {ErrorCount} error(s), {WarningCount} warning(s)");
}
