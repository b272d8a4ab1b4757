namespace Fixtures.Discovery;

/// <summary>The directories that one loader has listed, each once until it changes. Thread-safe.</summary>
internal sealed class DirectoryListings
{
    private readonly Dictionary<string, DirectoryListing> _listings = new(StringComparer.Ordinal);

    // One lock for all: threads that start together wait for the first one's listing instead of making their own.
    private readonly Lock _gate = new();

    /// <summary>What a directory holds now: one system call, or a listing where it is new or changed.</summary>
    public DirectoryListing Current(string path, ref DirectoryLook look)
    {
        lock (_gate)
        {
            if (_listings.TryGetValue(path, out DirectoryListing? known) && look.IsCurrent(known))
                return known;
            return _listings[path] = DirectoryListing.Read(path, only: null, ref look.Calls);
        }
    }

    public void Clear()
    {
        lock (_gate)
            _listings.Clear();
    }
}
