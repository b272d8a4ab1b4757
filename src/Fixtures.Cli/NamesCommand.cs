using System.CommandLine;

namespace Fixtures.Cli;

/// <summary>A command that takes names of what it works on.</summary>
internal abstract class NamesCommand : FixtureCommand
{
    /// <param name="name">What the command is called.</param>
    /// <param name="operand">What a name is called in the usage: LABEL.</param>
    /// <param name="arity">How many names it takes; one or more unless given.</param>
    protected NamesCommand(string name, string operand, ArgumentArity? arity = null) : base(name)
    {
        Names = new Argument<string[]>(operand) { Arity = arity ?? ArgumentArity.OneOrMore };
        Add(Names);
    }

    /// <summary>The names.</summary>
    public Argument<string[]> Names { get; }

    /// <summary>What is said where no name is given; null where none need be.</summary>
    public virtual string? NoNames => null;
}
