using System.Collections.Concurrent;

namespace Fixtures.Discovery;

/// <summary>
/// Finds the files of labels. Remembers what each directory holds and what each label stands for, and trusts that memory for as long as
/// no directory has changed: one system call each. Thread-safe.
/// </summary>
/// <param name="options">The loader's options; the globs of its apps are expanded.</param>
/// <param name="currentDirectory">Gives the current directory. Null: the process's.</param>
internal sealed class FixtureResolver(FixtureOptions options, Func<string>? currentDirectory = null)
{
    private readonly Func<string> _currentDirectory = currentDirectory ?? Directory.GetCurrentDirectory;
    private readonly ConcurrentDictionary<string, Search> _searches = new(StringComparer.Ordinal);
    private readonly DirectoryListings _listings = new();
    private volatile SearchPath? _path;

    /// <summary>The files of a label, in the order in which they are loaded. Empty only for a label that names code alone.</summary>
    /// <exception cref="FixtureException">There is no such fixture, or it is not clear which one is meant (stage Resolve).</exception>
    public IReadOnlyList<FixtureFile> Find(string label)
    {
        DirectoryLook look = default;
        return Find(label, ref look);
    }

    /// <inheritdoc cref="Find(string)"/>
    /// <param name="label">The label.</param>
    /// <param name="look">The look at the file system that all labels of one call share.</param>
    public IReadOnlyList<FixtureFile> Find(string label, ref DirectoryLook look)
    {
        Search search = SearchFor(label, ref look);
        return search.Problem is null ? search.Files : throw Refused(search.Problem);
    }

    /// <summary>
    /// The files of a label that need not be there, such as <c>initial_data</c>. Empty where nothing is found: that is then trusted, without a look at the
    /// directories, until the current directory is another one, the label is looked for by name, or <see cref="Refresh"/>.
    /// </summary>
    /// <exception cref="FixtureException">It is not clear which fixture is meant (stage Resolve).</exception>
    public IReadOnlyList<FixtureFile> FindIfAny(string label)
    {
        DirectoryLook look = default;
        return FindIfAny(label, ref look);
    }

    /// <inheritdoc cref="FindIfAny(string)"/>
    /// <param name="label">The label.</param>
    /// <param name="look">The look at the file system.</param>
    public IReadOnlyList<FixtureFile> FindIfAny(string label, ref DirectoryLook look)
    {
        Search search = _searches.TryGetValue(label, out Search? known) && known.FoundNothing && IsFromHere(known) ? known : SearchFor(label, ref look);
        return search.Problem is null || search.FoundNothing ? search.Files : throw Refused(search.Problem);
    }

    /// <summary>Where a label is looked for, and what is found there. A label that cannot be loaded is reported, not thrown.</summary>
    public SearchReport Explain(string label)
    {
        DirectoryLook look = default;
        bool isCode = options.FindCode(label) is not null;
        try
        {
            Search search = SearchFor(label, ref look);
            return new SearchReport(label)
            {
                Targets = [.. search.Targets.FileNames],
                Directories = [.. search.Listings.Zip(search.Matches, Searched)],
                Files = search.Files,
                Code = isCode,
                Problem = search.Problem,
                FileSystemCalls = look.Calls,
            };
        }
        catch (FixtureException refused)
        {
            return new SearchReport(label) { Code = isCode, Problem = refused.Message, FileSystemCalls = look.Calls };
        }
    }

    /// <summary>All fixtures of the apps and the fixture directories.</summary>
    /// <exception cref="FixtureException">A directory cannot be read, or there is no such app (stage Resolve).</exception>
    public FixtureCatalog Catalog() =>
        SearchProblem.UnknownApp(options) is { } problem ? throw Refused(problem) : FixtureCatalog.Of(CurrentPath().Configured, options);

    /// <summary>Forgets all that was found.</summary>
    public void Refresh()
    {
        _path = null;
        _searches.Clear();
        _listings.Clear();
    }

    private Search SearchFor(string label, ref DirectoryLook look)
    {
        if (_searches.TryGetValue(label, out Search? known) && IsFromHere(known) && known.IsCurrent(ref look))
            return known;
        return _searches[label] = NewSearch(label, ref look);
    }

    private bool IsFromHere(Search search) => search.CurrentDirectory is null || search.CurrentDirectory == CurrentDirectory();

    private Search NewSearch(string label, ref DirectoryLook look)
    {
        LabelParts parts = LabelParts.Parse(label);
        SearchPath path = CurrentPath();
        IReadOnlyList<SearchPlace> places = Places(label, parts, path);
        var targets = new Targets(parts, options.Database);
        DirectoryListing[] listings = Listings(places, targets, ref look);
        string[][] matches = Array.ConvertAll(listings, listing => targets.Among(listing.Names));
        string? problem = Problem(label, parts, places, listings, matches, ref look.Calls);
        return new Search(targets, listings, matches, problem, parts.IsAbsolute || !path.DependsOnCurrentDirectory ? null : path.CurrentDirectory);
    }

    private DirectoryListing[] Listings(IReadOnlyList<SearchPlace> places, Targets targets, ref DirectoryLook look)
    {
        DirectoryListing[] kept = _listings.Current([.. places.Where(place => !place.IsStreamed).Select(place => place.Path)], ref look);
        var listings = new DirectoryListing[places.Count];
        int next = 0;
        for (int i = 0; i < listings.Length; i++)
            listings[i] = places[i].IsStreamed ? DirectoryListing.Read(places[i].Path, targets, ref look.Calls) : kept[next++];
        return listings;
    }

    private IReadOnlyList<SearchPlace> Places(string label, LabelParts parts, SearchPath path)
    {
        if (parts.IsAbsolute)
            return path.Only(parts.Directory);
        if (!parts.StartsWithDot)
            return path.Everywhere(parts.Directory);
        return options.App is not null ? path.Apps(parts.Directory) : throw Refused(SearchProblem.AppNeeded(label));
    }

    private string? Problem(string label, LabelParts parts, IReadOnlyList<SearchPlace> places, DirectoryListing[] listings, string[][] matches, ref int calls)
    {
        if (Array.Find(listings, listing => listing.Unreadable is not null) is { } unreadable)
            return SearchProblem.Unreadable(unreadable);
        if (Array.FindIndex(matches, names => names.Length > 1) is >= 0 and var several)
            return SearchProblem.Several(parts, options.Database, listings[several], matches[several]);
        if (Array.Exists(matches, names => names.Length > 0) || options.FindCode(label) is not null)
            return null;
        return SearchProblem.NothingFound(parts, options, places, listings, ref calls);
    }

    private SearchPath CurrentPath()
    {
        SearchPath? known = _path;
        if (known is not null && !known.DependsOnCurrentDirectory)
            return known;
        string here = CurrentDirectory();
        return known?.CurrentDirectory == here ? known : _path = new SearchPath(options, here);
    }

    private string CurrentDirectory()
    {
        try
        {
            return Path.TrimEndingDirectorySeparator(_currentDirectory());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FixtureException(
                FixtureStage.Resolve,
                new FixtureError($"The current directory cannot be told: {error.Message} Change into one that is there."),
                error);
        }
    }

    private static SearchedDirectory Searched(DirectoryListing listing, string[] matches) =>
        new(listing.Path, listing.Exists, listing.FileCount, [.. matches]);

    private static FixtureException Refused(string message) => new(FixtureStage.Resolve, new FixtureError(message));
}
