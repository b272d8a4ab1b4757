namespace Fixtures.Cli.TestPrograms;

/// <summary>Tells of programs as they begin and end. Thread-safe.</summary>
/// <param name="text">Writes their lines; null: none are written.</param>
/// <param name="display">Shows how far the run is; null: no one sees it.</param>
/// <param name="count">How many programs there are.</param>
internal sealed class LiveReport(TestReportText? text, TestProgressDisplay? display, int count)
{
    private readonly Lock _gate = new();
    private readonly List<string> _running = [];
    private int _ended;

    public void Begin(TestProgram program)
    {
        lock (_gate)
        {
            _running.Add(program.Name);
            display?.Report(Progress());
        }
    }

    public void End(ProgramResult result)
    {
        lock (_gate)
        {
            _running.Remove(result.Program.Name);
            _ended++;
            if (text is not null && text.Shows(result))
            {
                display?.Hide();
                text.Write(result);
            }
            if (_running.Count > 0)
                display?.Report(Progress());
        }
    }

    /// <summary>Where the run was cut off.</summary>
    public string Cancelled()
    {
        lock (_gate)
            return $"The run was cancelled when {_ended} of {count} program(s) had ended{(_running.Count == 0 ? "" : $" and {string.Join(", ", _running)} ran")}.";
    }

    private TestProgress Progress() => new(_ended, count, [.. _running]);
}
