using System.CommandLine;

namespace Fixtures.Cli;

/// <summary>A command that takes labels.</summary>
internal abstract class FixtureCommand : Command
{
    protected FixtureCommand(string name) : base(name) => Add(Labels);

    /// <summary>The labels, one or more.</summary>
    public Argument<string[]> Labels { get; } = new("LABEL") { Arity = ArgumentArity.OneOrMore };

    /// <summary>What <c>--help</c> shows, without the options that all commands have.</summary>
    public abstract string Help { get; }

    /// <summary>Runs the command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="FixtureException">The command is refused or fails.</exception>
    public abstract int Run(ParseResult parsed, CommandContext context);
}
