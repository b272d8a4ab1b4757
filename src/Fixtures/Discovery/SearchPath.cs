namespace Fixtures.Discovery;

/// <summary>A directory to search.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="IsStreamed">Whether it is read anew for each label instead of being kept in memory: the current directory may hold anything.</param>
internal sealed record SearchPlace(string Path, bool IsStreamed);

/// <summary>
/// The directories in which labels are looked for, in order, as they are from one current directory. Each is there once, but for the current
/// directory: it comes last also where it is an app's or a fixture directory, and a fixture in it is then loaded again, as Django does.
/// </summary>
internal sealed class SearchPath
{
    private readonly List<SearchPlace> _apps;
    private readonly List<SearchPlace> _configured;
    private readonly bool _searchesCurrentDirectory;

    /// <exception cref="FixtureException">A fixture directory is listed twice or is an app's own (stage Resolve).</exception>
    public SearchPath(FixtureOptions options, string currentDirectory)
    {
        CurrentDirectory = Path.TrimEndingDirectorySeparator(currentDirectory);
        DependsOnCurrentDirectory = options.SearchCurrentDirectory
            || options.Apps.Any(app => !Path.IsPathFullyQualified(app.Path))
            || options.FixtureDirectories.Any(directory => !Path.IsPathFullyQualified(directory));

        // Every app owns its directory, also one that App leaves out: the same configuration is refused whatever App is.
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        List<SearchPlace> searched = [];
        foreach (FixtureApp app in options.Apps)
        {
            SearchPlace place = Place(Path.Join(app.Path, "fixtures"));
            owners.TryAdd(place.Path, app.Label);
            if (options.App is null || options.App == app.Label)
                searched.Add(place);
        }
        _apps = [.. searched.DistinctBy(place => place.Path)];
        _configured = [.. _apps];

        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (string directory in options.FixtureDirectories)
        {
            SearchPlace place = Place(directory);
            if (owners.TryGetValue(place.Path, out string? owner))
                throw Refused($"'{directory}' is a default fixture directory of app '{owner}' and must not be listed as a fixture directory. Remove it there.");
            if (!listed.Add(place.Path))
                throw Refused($"Fixture directory '{directory}' is listed twice. Remove one of the two.");
            _configured.Add(place);
        }
        _searchesCurrentDirectory = options.SearchCurrentDirectory;
    }

    /// <summary>The directory from which relative paths count.</summary>
    public string CurrentDirectory { get; }

    /// <summary>Whether another current directory makes another search path.</summary>
    public bool DependsOnCurrentDirectory { get; }

    /// <summary>The directories of the apps and the fixture directories, in order.</summary>
    public IEnumerable<string> Configured => _configured.Select(place => place.Path);

    /// <summary>Where an absolute label is looked for.</summary>
    public IReadOnlyList<SearchPlace> Only(string directory) => [Place(directory)];

    /// <summary>Where a relative label is looked for: below (or beside) each directory.</summary>
    public IReadOnlyList<SearchPlace> Everywhere(string part)
    {
        List<SearchPlace> places = Below(_configured, part);
        if (!_searchesCurrentDirectory)
            return places;
        SearchPlace here = Below(new SearchPlace(CurrentDirectory, IsStreamed: true), part);
        if (_configured.Exists(place => place.Path == CurrentDirectory) || !places.Exists(place => place.Path == here.Path))
            places.Add(here);
        return places;
    }

    /// <summary>Where a label is looked for in apps alone.</summary>
    public IReadOnlyList<SearchPlace> Apps(string part) => Below(_apps, part);

    // Each place is another directory, but 'a/../x' and 'b/../x' are one.
    private static List<SearchPlace> Below(List<SearchPlace> places, string part) =>
        part.Length == 0 ? [.. places] : [.. places.Select(place => Below(place, part)).DistinctBy(place => place.Path)];

    private static SearchPlace Below(SearchPlace place, string part) =>
        part.Length == 0 ? place : place with { Path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(part, place.Path)) };

    private SearchPlace Place(string path)
    {
        if (path.Contains('\0'))
            throw Refused($"'{path.Replace("\0", "\\0", StringComparison.Ordinal)}' is no directory: it holds a NUL character. Remove it.");
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, CurrentDirectory));
        return new SearchPlace(full, IsStreamed: full == CurrentDirectory);
    }

    private static FixtureException Refused(string message) => new(FixtureStage.Resolve, new FixtureError(message));
}
