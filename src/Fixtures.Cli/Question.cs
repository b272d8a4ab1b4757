namespace Fixtures.Cli;

/// <summary>Asks a person before something is done that cannot be undone.</summary>
internal static class Question
{
    /// <summary>Asks, and returns if the answer is yes.</summary>
    /// <param name="context">The run of the command.</param>
    /// <param name="what">What will be done, as a sentence.</param>
    /// <param name="option">The option that does it without asking.</param>
    /// <exception cref="FixtureException">The answer is another one, or there is no one to ask (stage Cancelled).</exception>
    public static void RequireYes(CommandContext context, string what, string option)
    {
        Terminal terminal = context.Terminal;
        if (!terminal.IsInputTerminal || !terminal.IsErrorTerminal)
            throw Cancelled($"{what} There is no terminal to ask in whether it is meant: add {option} if it is. Nothing was changed.");

        terminal.Error.Write($"{ShownText.Line(what)} Continue? [y/N] ");
        terminal.Error.Flush();
        string? answer = Read(terminal);
        // Whoever presses Ctrl+C or Ctrl+D stays on the question's line.
        if (answer is null)
            terminal.Error.WriteLine();
        if (answer?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
            throw Cancelled("Cancelled: nothing was changed.");
    }

    private static string? Read(Terminal terminal)
    {
        try
        {
            using var reader = new StreamReader(new StandardInput(terminal.OpenInput(), terminal.Cancellation));
            return reader.ReadLine();
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static FixtureException Cancelled(string message) => new(FixtureStage.Cancelled, new FixtureError(message));
}
