namespace Fixtures.Discovery;

/// <summary>The search for one label and its outcome, a refusal included. Right for as long as <see cref="IsCurrent"/>. Immutable.</summary>
/// <param name="Targets">The file names that were looked for.</param>
/// <param name="Listings">The directories, in order.</param>
/// <param name="Matches">Which targets each of them holds.</param>
/// <param name="Problem">Why the label cannot be loaded, or null.</param>
/// <param name="CurrentDirectory">The current directory on which the outcome depends, or null.</param>
internal sealed record Search(Targets Targets, DirectoryListing[] Listings, string[][] Matches, string? Problem, string? CurrentDirectory)
{
    /// <summary>The files that the label stands for, in the order in which they are loaded.</summary>
    public IReadOnlyList<FixtureFile> Files { get; } = Problem is null ? [.. Fixtures(Targets, Listings, Matches)] : [];

    /// <summary>Whether the label names no file at all, as far as can be seen.</summary>
    public bool FoundNothing => Array.TrueForAll(Matches, names => names.Length == 0) && Array.TrueForAll(Listings, listing => listing.Unreadable is null);

    /// <summary>Whether every directory still holds what it held. One system call each.</summary>
    public bool IsCurrent(ref DirectoryLook look)
    {
        foreach (DirectoryListing listing in Listings)
        {
            if (!look.IsCurrent(listing))
                return false;
        }
        return true;
    }

    private static IEnumerable<FixtureFile> Fixtures(Targets targets, DirectoryListing[] listings, string[][] matches)
    {
        for (int i = 0; i < listings.Length; i++)
        {
            foreach (string name in matches[i])
                yield return targets.FixtureIn(listings[i].Path, name);
        }
    }
}
