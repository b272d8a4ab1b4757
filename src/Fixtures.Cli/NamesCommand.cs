using System.CommandLine;

namespace Fixtures.Cli;

/// <summary>A command that takes names of what it works on.</summary>
internal abstract class NamesCommand : FixtureCommand
{
    /// <param name="name">What the command is called.</param>
    /// <param name="operand">What a name is called in the usage: LABEL.</param>
    protected NamesCommand(string name, string operand) : base(name)
    {
        Names = new Argument<string[]>(operand) { Arity = ArgumentArity.OneOrMore };
        Add(Names);
    }

    /// <summary>The names, one or more.</summary>
    public Argument<string[]> Names { get; }

    /// <summary>What is said where no name is given.</summary>
    public abstract string NoNames { get; }
}
