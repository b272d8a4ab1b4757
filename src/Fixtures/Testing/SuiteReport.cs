using System.Globalization;

namespace Fixtures.Testing;

/// <summary>What came of a run of suites.</summary>
public sealed record SuiteReport
{
    /// <summary>One result for each suite, in the order in which the suites were given.</summary>
    public IReadOnlyList<SuiteResult> Results { get; init; } = [];

    /// <summary>How long it took from the first suite's begin to the last one's end; the databases were ready before.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>How many suites ran at the same time.</summary>
    public int Workers { get; init; }

    /// <summary>How many tests ran.</summary>
    public int Tests => Results.Sum(result => result.Tests);

    /// <summary>How many tests failed.</summary>
    public int Failures => Results.Sum(result => result.Failures);

    /// <summary>How many tests and suites broke off.</summary>
    public int Errors => Results.Sum(result => result.Errors);

    /// <summary>How long each suite took, by label, for the next run's <see cref="SuiteOptions.FormerTimes"/>. Of two suites with one label the longer one counts.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Times =>
        Results.GroupBy(result => result.Label, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.Max(result => result.Elapsed), StringComparer.Ordinal);

    /// <summary>The report as one line: <c>time: 1.234s, failures: 0, errors: 0</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"time: {Elapsed.TotalSeconds:F3}s, failures: {Failures}, errors: {Errors}");
}
