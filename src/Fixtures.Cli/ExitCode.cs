namespace Fixtures.Cli;

/// <summary>What the command tells its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Refused or failed; nothing is kept.</summary>
    public const int Failed = 1;

    /// <summary>The command line cannot be read.</summary>
    public const int Usage = 2;
}
