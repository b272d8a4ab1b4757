using Fixtures.Testing;

namespace Fixtures.Cli.TestPrograms;

/// <summary>What came of a test program.</summary>
/// <param name="Program">The program.</param>
/// <param name="Tests">Its tests.</param>
/// <param name="Problem">What went wrong outside of its tests, as in 'X' Problem.</param>
/// <param name="LastLines">The end of its output.</param>
/// <param name="Elapsed">How long its process ran.</param>
internal sealed record ProgramResult(TestProgram Program, TestResults Tests, string? Problem, IReadOnlyList<string> LastLines, TimeSpan Elapsed)
{
    /// <summary>The tests that broke off, and the program if it did.</summary>
    public int Errors => Tests.Errors + (Problem is null ? 0 : 1);

    public bool HasFailed => Tests.Failures + Errors > 0;

    public SuiteResult AsSuite() => new(Tests.Tests, Tests.Failures, Errors) { Label = Program.Assembly, Elapsed = Elapsed };
}
