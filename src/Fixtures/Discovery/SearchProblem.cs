namespace Fixtures.Discovery;

/// <summary>Says why a label cannot be loaded and what to do about it.</summary>
internal static class SearchProblem
{
    private const int ShownNames = 10;

    public static string AppNeeded(string label) =>
        $"Label '{label}' stands for a fixture of one app, and none is set. Set App, or leave out './' to search everywhere.";

    public static string Unreadable(DirectoryListing listing) =>
        $"Directory '{listing.Path}' cannot be searched: {listing.Unreadable} Make it readable, or take it out of the search.";

    public static string Several(LabelParts parts, string alias, DirectoryListing listing, string[] matches)
    {
        // 'x.json' does not single out x.json beside x.json.gz: only advise what works.
        string? single = Array.Find(matches, name => new Targets(LabelParts.Split(name), alias).Among(listing.Names).Length == 1);
        string advice = single is null ? "Remove all but one." : $"Give the extension, as in '{parts.Directory}{single}', or remove all but one.";
        return $"Multiple fixtures named '{parts.Name}' in '{listing.Path}': {string.Join(", ", matches)}. {advice}";
    }

    public static string NothingFound(LabelParts parts, FixtureOptions options, IReadOnlyList<SearchPlace> places, DirectoryListing[] listings, ref int calls)
    {
        List<string> sentences = [$"No fixture named '{parts.Name}' found."];
        if (parts.UnknownExtension is { } unknown)
            sentences.Add($"'{unknown}' is not a known serialization format; {Meant(unknown, FixtureFile.Formats)}known are {string.Join(", ", FixtureFile.Formats)}.");
        if (!parts.IsAbsolute && UnknownApp(options) is { } sentence)
            sentences.Add(sentence);

        string target = parts.Format is null && parts.Compression is null ? "" : $" for '{parts.FileName}'";
        if (Array.Exists(listings, listing => listing.Exists))
            sentences.Add($"Searched {Quoted(listings.Where(listing => listing.Exists))}{target}.");
        if (Array.Exists(listings, listing => !listing.Exists))
            sentences.Add($"Not there: {Quoted(listings.Where(listing => !listing.Exists))}.");
        if (NearestFile(parts, places, listings, ref calls) is { } nearest)
            sentences.Add($"Did you mean '{parts.Directory}{nearest}'?");
        return string.Join(' ', sentences);
    }

    /// <summary>Says that there is no such app as <see cref="FixtureOptions.App"/>; null if there is, or all are meant.</summary>
    public static string? UnknownApp(FixtureOptions options)
    {
        if (options.App is not { } label || options.Apps.Any(app => app.Label == label))
            return null;
        string known = options.Apps.Count == 0 ? "there are no apps" : $"the apps are {Quoted(options.Apps.Select(app => app.Label))}";
        return $"App '{label}' is not configured; {Meant(label, options.Apps.Select(app => app.Label))}{known}.";
    }

    private static string Meant(string name, IEnumerable<string> known) => NearestName.Among(name, known) is { } nearest ? $"did you mean '{nearest}'? " : "";

    private static string Quoted(IEnumerable<DirectoryListing> listings) => Quoted(listings.Select(listing => listing.Path));

    private static string Quoted(IEnumerable<string> names)
    {
        string[] all = [.. names];
        string shown = string.Join(", ", all.Take(ShownNames).Select(name => $"'{name}'"));
        return all.Length <= ShownNames ? shown : $"{shown} and {all.Length - ShownNames} more";
    }

    private static string? NearestFile(LabelParts parts, IReadOnlyList<SearchPlace> places, DirectoryListing[] listings, ref int calls)
    {
        int[] there = [.. Enumerable.Range(0, listings.Length).Where(i => listings[i].Exists)];
        calls += there.Count(i => places[i].IsStreamed);
        IEnumerable<string> names = there.SelectMany(i => places[i].IsStreamed ? DirectoryListing.Stream(places[i].Path) : listings[i].Names.InOrder());
        try
        {
            return NearestName.Among(parts.Name, names.SelectMany(Candidates), candidate => candidate.Name)?.FileName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The directory went away after it was searched: the answer stands, only the hint is lost.
            return null;
        }
    }

    // 'solo.other.json' is near to 'solo' too: it may be for another database, or the name has a dot.
    private static IEnumerable<Candidate> Candidates(string fileName)
    {
        LabelParts parts = LabelParts.Split(fileName);
        if (parts.Format is null)
            yield break;
        yield return new Candidate(fileName, parts.Name);
        if (parts.Name.LastIndexOf('.') is > 0 and var dot)
            yield return new Candidate(fileName, parts.Name[..dot]);
    }

    private sealed record Candidate(string FileName, string Name);
}
