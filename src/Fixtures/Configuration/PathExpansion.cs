namespace Fixtures.Configuration;

/// <summary>
/// Turns the apps and schema scripts of the options into folders and files that are there now. Looks at the file system each time:
/// a loader asks once and again after a refresh. What is listed by itself, or was given by an earlier glob, is not given by a glob again.
/// </summary>
internal static class PathExpansion
{
    private static readonly StringComparer PathComparer = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>
    /// The apps in configured order with full paths; the folders of a glob stand in its place, in ordinal order, labelled with their names.
    /// An app's folder need not exist. Two apps with one label (ignoring case, as models do) are refused.
    /// </summary>
    public static IReadOnlyList<FixtureApp> ExpandApps(FixtureOptions options)
    {
        var byLabel = new Dictionary<string, FixtureApp>(StringComparer.OrdinalIgnoreCase);
        var apps = new List<FixtureApp>();
        foreach ((string path, int index, bool globbed) in Expand([.. options.Apps.Select(app => app.Path)], PathGlob.ExpandFolders))
        {
            var app = new FixtureApp(globbed ? Path.GetFileName(path) : options.Apps[index].Label, path);
            if (!byLabel.TryAdd(app.Label, app))
                throw Refuse($"Two apps have the label '{app.Label}': '{byLabel[app.Label].Path}' and '{path}'. Give one of them by itself, with a label of its own.");
            apps.Add(app);
        }

        return apps;
    }

    /// <summary>
    /// The schema scripts in configured order as full paths; the files of a glob stand in its place, in ordinal order (the order of apps does not matter).
    /// A script that is named without glob and is missing is refused.
    /// </summary>
    public static IReadOnlyList<string> ExpandScripts(FixtureOptions options)
    {
        var scripts = new List<string>();
        foreach ((string path, _, bool globbed) in Expand(options.SchemaScripts, PathGlob.ExpandFiles))
        {
            if (!globbed && !File.Exists(path))
                throw Refuse($"The schema script '{path}' does not exist. Create it, or take it out of 'schema'.");
            scripts.Add(path);
        }

        return scripts;
    }

    private static IEnumerable<(string Path, int Index, bool Globbed)> Expand(IReadOnlyList<string> paths, Func<string, IReadOnlyList<string>> expand)
    {
        if (paths.Any(string.IsNullOrWhiteSpace))
            throw Refuse("The path of an app or a schema script is empty (''). Write '.' for the folder itself.");

        HashSet<string> patterns = [.. paths.Where(PathGlob.IsPattern)];
        var taken = paths.Where(path => !patterns.Contains(path)).Select(Full).ToHashSet(PathComparer);
        for (int index = 0; index < paths.Count; index++)
        {
            if (!patterns.Contains(paths[index]))
            {
                yield return (Full(paths[index]), index, false);
                continue;
            }

            foreach (string path in expand(paths[index]).Where(taken.Add))
                yield return (path, index, true);
        }
    }

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static FixtureException Refuse(string message) => new(FixtureStage.Config, new FixtureError(message));
}
