using System.CommandLine;

namespace Fixtures.Cli;

/// <summary>Reads the command line and runs the command that it names.</summary>
internal static class CommandLine
{
    private const string Help = """
        Loads test data (fixtures) in JSON, JSON Lines, YAML and XML into SQLite.

        Usage:
          fixtures COMMAND [NAME...] [options]

        Commands:
          loaddata   Loads fixtures into a database: all of them or, on an error, none.
          find       Shows where labels are looked for, and what is found.
          check      Says what is wrong with fixtures, all of it at once, and writes nothing.
          flush      Empties all tables of a database, and loads initial_data where it is found.
          test       Runs test programs, several at a time.

        Options:
          -h, --help     Shows this help, or that of a command: fixtures loaddata --help
          --version      Shows the version.

        Example:
          fixtures loaddata testdata
        """;

    /// <summary>Runs a command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        var common = new CommonOptions();
        var help = new Option<bool>("--help", "-h", "-?") { Arity = ArgumentArity.Zero, Recursive = true };
        var version = new Option<bool>("--version") { Arity = ArgumentArity.Zero, Recursive = true };
        var root = new Command("fixtures") { help, version, new LoadDataCommand(), new FindCommand(), new CheckCommand(), new FlushCommand(), new TestCommand() };
        common.AddTo(root);

        // A name may begin with '@': no response files.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var command = parsed.CommandResult.Command as FixtureCommand;
        if (parsed.GetValue(help))
        {
            terminal.Output.WriteLine(command is null ? Help : $"{command.Help}\n\n{CommonOptions.Help}");
            return ExitCode.Done;
        }
        if (parsed.GetValue(version))
        {
            terminal.Output.WriteLine(typeof(CommandLine).Assembly.GetName().Version!.ToString(3));
            return ExitCode.Done;
        }

        string[] problems = [.. Problems(args, parsed, root, command)];
        if (command is not null && problems.Length == 0)
            return Run(command, parsed, new CommandContext(terminal, common.Read(parsed)));

        foreach (string problem in problems)
            ErrorText.Write(terminal, $"fixtures: {problem}");
        terminal.Error.WriteLine($"Run 'fixtures {(command is null ? "" : command.Name + " ")}--help' to see what there is.");
        return ExitCode.Usage;
    }

    private static int Run(FixtureCommand command, ParseResult parsed, CommandContext context)
    {
        try
        {
            return command.Run(parsed, context);
        }
        catch (FixtureException exception)
        {
            return context.Fail(exception);
        }
        catch (OperationCanceledException exception)
        {
            return context.Fail(new FixtureException(FixtureStage.Cancelled, new FixtureError("The command was cancelled; nothing of it is kept."), exception));
        }
        // The one place that takes any exception: a defect must not end in a stack trace that no one asked for, and --json promises an object.
        // -v 3 shows all of it.
#pragma warning disable CA1031
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return context.FailUnexpectedly(exception);
        }
    }

    private static IEnumerable<string> Problems(IReadOnlyList<string> args, ParseResult parsed, Command root, FixtureCommand? command)
    {
        if (command is null)
        {
            string commands = string.Join(" or ", root.Subcommands.Select(sub => $"'{sub.Name}'"));
            string? unknown = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
            return [unknown is null ? $"No command was given. Name one: {commands}." : $"'{unknown}' is no command or option.{ErrorText.DidYouMean(unknown, root.Subcommands.Select(sub => sub.Name))} The commands are {string.Join(", ", root.Subcommands.Select(sub => $"'{sub.Name}'"))}."];
        }

        string[] known = [.. command.Options.Concat(root.Options).SelectMany(option => option.Aliases.Append(option.Name))];
        string[] unknownOptions = [.. UnknownOptions(args, parsed, command).Select(option => $"Unknown option '{option}'.{ErrorText.DidYouMean(option, known)}")];
        if (unknownOptions.Length > 0)
            return unknownOptions;
        return command switch
        {
            NamesCommand { NoNames: { } noNames } named when parsed.GetResult(named.Names) is not { Tokens.Count: > 0 } => [noNames],
            not NamesCommand when parsed.UnmatchedTokens.Count > 0 => parsed.UnmatchedTokens.Select(name => $"'{name}' is one name too many: '{command.Name}' takes none."),
            _ => parsed.Errors.Select(error => error.Message),
        };
    }

    // The parser takes an option that it does not know for one more name. Behind '--' that is what is meant.
    private static IEnumerable<string> UnknownOptions(IReadOnlyList<string> args, ParseResult parsed, FixtureCommand command)
    {
        int behind = args.SkipWhile(arg => arg != "--").Skip(1).Count();
        string[] names = command is NamesCommand named ? [.. (parsed.GetResult(named.Names)?.Tokens ?? []).Select(token => token.Value)] : [.. parsed.UnmatchedTokens];
        return names.Take(names.Length - behind).Where(name => name.Length > 1 && name[0] == '-');
    }
}
