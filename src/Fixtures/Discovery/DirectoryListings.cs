namespace Fixtures.Discovery;

/// <summary>The directories that one loader has listed, each once until it changes. Thread-safe.</summary>
internal sealed class DirectoryListings
{
    private readonly Dictionary<string, DirectoryListing> _listings = new(StringComparer.Ordinal);

    // One lock for all: threads that start together wait for the first one's listing instead of making their own.
    private readonly Lock _gate = new();

    /// <summary>What directories hold now, in their order: one system call each, or a listing where one is new or changed.</summary>
    public DirectoryListing[] Current(string[] paths, ref DirectoryLook look)
    {
        var listings = new DirectoryListing[paths.Length];
        lock (_gate)
        {
            List<int> others = [];
            for (int i = 0; i < paths.Length; i++)
            {
                if (_listings.TryGetValue(paths[i], out DirectoryListing? known) && look.IsCurrent(known))
                    listings[i] = known;
                else
                    others.Add(i);
            }
            new ListingTask(paths, others, listings).Run(ref look.Calls);
            foreach (int i in others)
                _listings[paths[i]] = listings[i];
        }
        return listings;
    }

    public void Clear()
    {
        lock (_gate)
            _listings.Clear();
    }
}
