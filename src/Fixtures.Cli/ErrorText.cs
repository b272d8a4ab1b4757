using System.Globalization;
using Spectre.Console;

namespace Fixtures.Cli;

/// <summary>Errors and warnings as lines on standard error.</summary>
internal static class ErrorText
{
    private const int ShownErrors = 10;

    /// <summary>Writes the first errors, each with the line that it stands in, and the stack trace where one is given.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<FixtureError> errors, int errorCount, Exception? exception)
    {
        foreach (FixtureError error in errors.Take(ShownErrors))
        {
            Write(terminal, error.ToString());
            WriteExcerpt(terminal, error);
        }
        int more = errorCount - Math.Min(errors.Count, ShownErrors);
        if (more > 0)
            Write(terminal, string.Create(CultureInfo.InvariantCulture, $"... and {more} more"));
        if (exception is not null)
            terminal.Error.WriteLine(ShownText.Lines(exception.ToString()));
    }

    /// <summary>Writes what a check has found, and the line that it stands in if that is asked for.</summary>
    public static void Write(Terminal terminal, CheckProblem problem, bool withExcerpt)
    {
        if (problem.IsError)
            Write(terminal, problem.Error.ToString());
        else
            WriteWarning(terminal, problem.Error.ToString());
        if (withExcerpt)
            WriteExcerpt(terminal, problem.Error);
    }

    private static void WriteExcerpt(Terminal terminal, FixtureError error)
    {
        if (SourceExcerpt.Of(error) is not { } excerpt)
            return;
        terminal.Error.WriteLine($"  {excerpt.Text}");
        Write(terminal, $"  {new string(' ', excerpt.Indent)}^");
    }

    /// <summary>Writes one line, red in a terminal. It is not wrapped, so that editors find the place in it.</summary>
    public static void Write(Terminal terminal, string line)
    {
        string shown = ShownText.Line(line);
        terminal.Error.WriteLine(terminal.IsErrorTerminal && HasColours(terminal) ? $"\e[31m{shown}\e[0m" : shown);
    }

    /// <summary>A question behind a message about a name that is not known; nothing if none of those that are is near.</summary>
    public static string DidYouMean(string name, IEnumerable<string> known) => NearestName.Among(name, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";

    /// <summary>Writes a warning.</summary>
    public static void WriteWarning(Terminal terminal, string warning) => terminal.Error.WriteLine($"warning: {ShownText.Line(warning)}");

    // Spectre.Console knows terminals, NO_COLOR and what Windows must be told first.
    private static bool HasColours(Terminal terminal) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) }).Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors };
}
