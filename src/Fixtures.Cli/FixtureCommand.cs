using System.CommandLine;

namespace Fixtures.Cli;

/// <summary>One of the things that <c>fixtures</c> does.</summary>
/// <param name="name">What the command is called.</param>
internal abstract class FixtureCommand(string name) : Command(name)
{
    /// <summary>What <c>--help</c> shows, without the options that all commands have.</summary>
    public abstract string Help { get; }

    /// <summary>Runs the command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="FixtureException">The command is refused or fails.</exception>
    public abstract int Run(ParseResult parsed, CommandContext context);
}
