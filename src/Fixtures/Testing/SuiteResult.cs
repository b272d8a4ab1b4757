namespace Fixtures.Testing;

/// <summary>What came of a suite. The suite gives the counts, the runner the rest.</summary>
/// <param name="Tests">How many tests ran.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="Errors">How many broke off; a suite that throws counts as one.</param>
public sealed record SuiteResult(int Tests, int Failures, int Errors)
{
    /// <summary>The suite's label.</summary>
    public string Label { get; init; } = "";

    /// <summary>How long the suite ran, the reset of its database included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The worker that ran it, from 0.</summary>
    public int Worker { get; init; }

    /// <summary>What the suite has thrown, or null.</summary>
    public Exception? Exception { get; init; }
}
