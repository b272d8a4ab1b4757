using System.Globalization;
using Spectre.Console;

namespace Fixtures.Cli.TestPrograms;

/// <summary>How far a run of test programs is.</summary>
/// <param name="Ended">How many have ended.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Running">The names of those that run.</param>
internal sealed record TestProgress(int Ended, int Count, IReadOnlyList<string> Running);

/// <summary>How far a run of test programs is.</summary>
internal sealed class TestProgressDisplay : ProgressDisplay<TestProgress>
{
    private TestProgressDisplay(TextWriter error) : base(error)
    {
    }

    /// <summary>A display where a person is there to see it, else null.</summary>
    public static TestProgressDisplay? For(CommandContext context) => IsSeen(context) ? new TestProgressDisplay(context.Terminal.Error) : null;

    protected override string Describe(TestProgress progress) => string.Create(CultureInfo.InvariantCulture, $"{progress.Ended} of {progress.Count}, running: {string.Join(", ", progress.Running)}");

    protected override void Update(ProgressTask bar, TestProgress progress)
    {
        bar.MaxValue = progress.Count;
        bar.Value = progress.Ended;
    }
}
