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
            if (SourceExcerpt.Of(error) is not { } excerpt)
                continue;
            terminal.Error.WriteLine($"  {excerpt.Text}");
            Write(terminal, $"  {new string(' ', excerpt.Indent)}^");
        }
        int more = errorCount - Math.Min(errors.Count, ShownErrors);
        if (more > 0)
            Write(terminal, string.Create(CultureInfo.InvariantCulture, $"... and {more} more"));
        if (exception is not null)
            terminal.Error.WriteLine(ShownText.Lines(exception.ToString()));
    }

    /// <summary>Writes one line, red in a terminal. It is not wrapped, so that editors find the place in it.</summary>
    public static void Write(Terminal terminal, string line)
    {
        string shown = ShownText.Line(line);
        terminal.Error.WriteLine(terminal.IsErrorTerminal && HasColours(terminal) ? $"\e[31m{shown}\e[0m" : shown);
    }

    /// <summary>Writes a warning.</summary>
    public static void WriteWarning(Terminal terminal, string warning) => terminal.Error.WriteLine($"warning: {ShownText.Line(warning)}");

    // Spectre.Console knows terminals, NO_COLOR and what Windows must be told first.
    private static bool HasColours(Terminal terminal) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) }).Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors };
}
