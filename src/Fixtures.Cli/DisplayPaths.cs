namespace Fixtures.Cli;

/// <summary>Paths as people read them: from the current directory where they are below it.</summary>
internal sealed class DisplayPaths
{
    private readonly string _here = Path.TrimEndingDirectorySeparator(Directory.GetCurrentDirectory());

    /// <summary>A path as it is shown; '.' for the current directory.</summary>
    public string Shorten(string path)
    {
        if (path == _here)
            return ".";
        return IsBelow(path) ? path[(_here.Length + 1)..] : path;
    }

    /// <summary>An error with the paths in it shortened.</summary>
    public FixtureError Shorten(FixtureError error) => error with
    {
        File = error.File is null ? null : Shorten(error.File),
        Message = ShortenQuoted(error.Message),
    };

    /// <summary>A message with the paths shortened that it quotes.</summary>
    public string ShortenQuoted(string message) => Path.GetPathRoot(_here) == _here
        ? message
        : message
            .Replace($"'{_here}{Path.DirectorySeparatorChar}", "'", StringComparison.Ordinal)
            .Replace($"'{_here}'", "'.'", StringComparison.Ordinal);

    private bool IsBelow(string path) =>
        path.Length > _here.Length + 1 && path.StartsWith(_here, StringComparison.Ordinal) && path[_here.Length] == Path.DirectorySeparatorChar;
}
