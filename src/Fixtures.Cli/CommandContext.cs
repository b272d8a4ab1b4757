namespace Fixtures.Cli;

/// <summary>What one run of a command knows and says.</summary>
internal sealed class CommandContext(Terminal terminal, CommonValues common)
{
    public Terminal Terminal { get; } = terminal;

    public CommonValues Common { get; set; } = common;

    /// <summary>The database in use, as reports name it; null as long as none is known.</summary>
    public string? Database { get; set; }

    /// <summary>Whether nothing is to be kept.</summary>
    public bool DryRun { get; set; }

    /// <summary>Reports what is wrong.</summary>
    /// <returns>The exit code.</returns>
    public int Fail(FixtureException exception) => Fail(exception.Stage, exception.Errors, exception.ErrorCount, exception);

    /// <summary>Reports an exception that no one has thought of.</summary>
    /// <returns>The exit code.</returns>
    public int FailUnexpectedly(Exception exception)
    {
        string message = $"Unexpected {exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")} Run again with -v 3 to see where.";
        return Fail(null, [new FixtureError(message)], 1, exception);
    }

    private int Fail(FixtureStage? stage, IReadOnlyList<FixtureError> errors, int errorCount, Exception exception)
    {
        var paths = new DisplayPaths();
        FixtureError[] shown = [.. errors.Select(paths.Shorten)];
        if (Common.Json)
            JsonReport.WriteFailure(this, stage, shown, errorCount);
        else
            ErrorText.Write(Terminal, shown, errorCount, Common.Verbosity >= 3 ? exception : null);
        return ExitCode.Failed;
    }
}
