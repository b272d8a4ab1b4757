using Fixtures.Testing;

namespace Fixtures.Cli.TestPrograms;

/// <summary>What came of a run of test programs.</summary>
/// <param name="Results">One result for each program, in the order in which they were named.</param>
/// <param name="Workers">How many ran at a time.</param>
/// <param name="Elapsed">How long all of it took.</param>
/// <param name="Warnings">What is to be said besides.</param>
internal sealed record TestReport(IReadOnlyList<ProgramResult> Results, int Workers, TimeSpan Elapsed, IReadOnlyList<string> Warnings)
{
    /// <summary>The totals.</summary>
    public SuiteReport Totals { get; } = new() { Results = [.. Results.Select(result => result.AsSuite())], Workers = Workers, Elapsed = Elapsed };

    public bool HasFailed => Totals.Failures + Totals.Errors > 0;
}
