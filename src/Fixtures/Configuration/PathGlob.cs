using System.IO.Enumeration;

namespace Fixtures.Configuration;

/// <summary>
/// Expands paths with <c>*</c> (any characters) and <c>?</c> (one) in any of their segments. Names that begin with a dot are found
/// only where the segment does too. Results come segment by segment in ordinal order, so that the order does not depend on the machine.
/// </summary>
internal static class PathGlob
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Whether a path stands for the paths that match it. One that exists as it is written stands for itself.</summary>
    public static bool IsPattern(string path) => HasWildcard(path.AsSpan(Path.GetPathRoot(path)?.Length ?? 0)) && !Path.Exists(path);

    /// <summary>What is wrong with a path as a pattern, or null.</summary>
    public static string? Problem(string path) => path.Contains("**", StringComparison.Ordinal)
        ? $"'**' in '{path}' is not supported. Write one '*' for each folder on the way, such as '*/*/fixtures'."
        : null;

    /// <summary>The folders that match; links to folders are followed. None is no error.</summary>
    public static IReadOnlyList<string> ExpandFolders(string pattern) => Expand(pattern, Directory.Exists);

    /// <summary>The files that match. None is no error.</summary>
    public static IReadOnlyList<string> ExpandFiles(string pattern) => Expand(pattern, File.Exists);

    private static string[] Expand(string pattern, Func<string, bool> exists)
    {
        if (Problem(pattern) is { } problem)
            throw new FixtureException(FixtureStage.Config, new FixtureError(problem));

        string full = Path.GetFullPath(pattern);
        string root = Path.GetPathRoot(full)!;
        IEnumerable<string> found = [root];
        foreach (string segment in full[root.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries))
            found = found.SelectMany(folder => Step(folder, segment));
        return [.. found.Where(exists)];
    }

    private static IEnumerable<string> Step(string folder, string segment)
    {
        string literal = Path.Combine(folder, segment);
        if (!HasWildcard(segment) || Path.Exists(literal))
            return [literal];
        if (!Directory.Exists(folder))
            return [];

        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder, "*", Everything)
                .Where(path => Matches(segment, Path.GetFileName(path)))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FixtureException(FixtureStage.Config, new FixtureError($"'{folder}' cannot be listed for '{segment}': {exception.Message}"), exception);
        }
    }

    // Shells pass over hidden names too; here it keeps '.git' and '.vs' from becoming apps.
    private static bool Matches(string segment, string name) =>
        (name[0] != '.' || segment[0] == '.')
        && FileSystemName.MatchesSimpleExpression(segment, name, ignoreCase: OperatingSystem.IsWindows() || OperatingSystem.IsMacOS());

    private static bool HasWildcard(ReadOnlySpan<char> path) => path.IndexOfAny('*', '?') >= 0;
}
