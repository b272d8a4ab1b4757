namespace Fixtures.Cli;

/// <summary>Paths as people read them: from the current directory where they are below it.</summary>
internal sealed class DisplayPaths
{
    // Null where everything is below it, or where it was deleted: then no path is shortened.
    private readonly string? _here = Here();

    /// <summary>A path as it is shown; '.' for the current directory.</summary>
    public string Shorten(string path)
    {
        if (path == _here)
            return ".";
        return IsBelow(path) ? path[(_here!.Length + 1)..] : path;
    }

    /// <summary>An error with the paths in it shortened.</summary>
    public FixtureError Shorten(FixtureError error) => error with
    {
        File = error.File is null ? null : Shorten(error.File),
        Message = ShortenQuoted(error.Message),
    };

    /// <summary>A message with the paths shortened that it quotes, or names as a place: in file(line,column).</summary>
    public string ShortenQuoted(string message) => _here is null
        ? message
        : message
            .Replace($"'{_here}{Path.DirectorySeparatorChar}", "'", StringComparison.Ordinal)
            .Replace($" in {_here}{Path.DirectorySeparatorChar}", " in ", StringComparison.Ordinal)
            .Replace($"'{_here}'", "'.'", StringComparison.Ordinal);

    private bool IsBelow(string path) => _here is not null
        && path.Length > _here.Length + 1
        && path.StartsWith(_here, StringComparison.Ordinal)
        && path[_here.Length] == Path.DirectorySeparatorChar;

    private static string? Here()
    {
        try
        {
            string here = Path.TrimEndingDirectorySeparator(Directory.GetCurrentDirectory());
            return here == Path.GetPathRoot(here) ? null : here;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
