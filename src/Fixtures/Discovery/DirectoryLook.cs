namespace Fixtures.Discovery;

/// <summary>One look at the file system, such as for the labels of one load: a directory that it has seen unchanged is not asked again.</summary>
internal struct DirectoryLook
{
    /// <summary>How many times the file system was asked.</summary>
    public int Calls;

    private readonly HashSet<DirectoryListing>? _seen;

    private DirectoryLook(HashSet<DirectoryListing>? seen) => _seen = seen;

    /// <summary>A look for some labels.</summary>
    public static DirectoryLook For(int labelCount) => new(labelCount > 1 ? [] : null);

    /// <summary>Whether a directory still holds what was listed. Costs one system call the first time.</summary>
    public bool IsCurrent(DirectoryListing listing)
    {
        if (_seen?.Contains(listing) == true)
            return true;
        if (!listing.IsCurrent(ref Calls))
            return false;
        _seen?.Add(listing);
        return true;
    }
}
