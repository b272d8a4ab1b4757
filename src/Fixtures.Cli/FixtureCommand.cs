using System.CommandLine;

namespace Fixtures.Cli;

/// <summary>A command that takes names of what it works on.</summary>
internal abstract class FixtureCommand : Command
{
    /// <param name="name">What the command is called.</param>
    /// <param name="operand">What a name is called in the usage: LABEL.</param>
    protected FixtureCommand(string name, string operand) : base(name)
    {
        Names = new Argument<string[]>(operand) { Arity = ArgumentArity.OneOrMore };
        Add(Names);
    }

    /// <summary>The names, one or more.</summary>
    public Argument<string[]> Names { get; }

    /// <summary>What is said where no name is given.</summary>
    public abstract string NoNames { get; }

    /// <summary>What <c>--help</c> shows, without the options that all commands have.</summary>
    public abstract string Help { get; }

    /// <summary>Runs the command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="FixtureException">The command is refused or fails.</exception>
    public abstract int Run(ParseResult parsed, CommandContext context);
}
