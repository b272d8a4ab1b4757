namespace Fixtures.Cli.TestPrograms;

/// <summary>What came of a program's tests.</summary>
internal sealed record TestResults
{
    public int Passed { get; init; }

    /// <summary>Tests that failed.</summary>
    public int Failures { get; init; }

    /// <summary>Tests that broke off.</summary>
    public int Errors { get; init; }

    public int Skipped { get; init; }

    /// <summary>How many tests ran.</summary>
    public int Tests => Passed + Failures + Errors;

    /// <summary>Errors that belong to no test, such as that of a fixture that cannot be disposed of.</summary>
    public int ErrorsOutside { get; init; }

    /// <summary>What the runner says of the run as a whole.</summary>
    public string? RunError { get; init; }

    /// <summary>The tests that failed or broke off, in the order of the file.</summary>
    public IReadOnlyList<FailedTest> Failed { get; init; } = [];
}

/// <summary>A test that failed or broke off.</summary>
/// <param name="Name">Its name, with that of its class.</param>
/// <param name="Message">What it says.</param>
/// <param name="Stack">Where it was: see <see cref="StackText"/>.</param>
internal sealed record FailedTest(string Name, string Message, IReadOnlyList<string> Stack);
