namespace Fixtures.Cli;

/// <summary>A label such as <c>./name</c>.</summary>
internal static class DotLabel
{
    /// <summary>
    /// The label that the library understands: without an app, <c>./name</c> means the current directory, as in a shell.
    /// The library refuses it, because it has no business in the current directory of a program that uses it.
    /// </summary>
    public static string InFull(string label, FixtureOptions options)
    {
        bool isHere = options.App is null && label.Length > 2 && label[0] == '.' && (label[1] == Path.DirectorySeparatorChar || label[1] == Path.AltDirectorySeparatorChar);
        return isHere ? Path.GetFullPath(label) : label;
    }
}
