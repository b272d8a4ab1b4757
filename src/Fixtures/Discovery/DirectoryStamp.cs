namespace Fixtures.Discovery;

/// <summary>
/// What a directory's modification time was: it moves when a name is added, removed or renamed.
/// One system call tells whether it still holds; a directory reached through a symbolic link costs one more for each link.
/// </summary>
internal sealed class DirectoryStamp
{
    // File systems stamp with the kernel's clock tick, 10 ms at its coarsest (HZ=100): within a tick a second change leaves the time as it is.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    // As many as Linux follows.
    private const int MaxLinks = 40;

    private readonly string[] _watched;
    private readonly DateTime[] _times;

    private DirectoryStamp(string[] watched, DateTime[] times, bool exists, bool isTrusted)
    {
        _watched = watched;
        _times = times;
        Exists = exists;
        IsTrusted = isTrusted;
    }

    /// <summary>Whether the directory is there.</summary>
    public bool Exists { get; }

    /// <summary>Whether a change after this moment is certain to be seen.</summary>
    public bool IsTrusted { get; }

    /// <summary>Reads the times. Must be called before the directory is listed: what changes in between is then seen later.</summary>
    /// <exception cref="IOException">The path cannot be followed.</exception>
    /// <exception cref="UnauthorizedAccessException">The path cannot be followed.</exception>
    public static DirectoryStamp Take(string path, ref int calls)
    {
        DateTime trusted = DateTime.UtcNow - Tick;
        // Asked once: it keeps what the system said about it.
        var directory = new DirectoryInfo(path);
        calls++;
        if (!IsLink(directory))
            return new DirectoryStamp([path], [directory.LastWriteTimeUtc], directory.Exists, directory.LastWriteTimeUtc < trusted);

        string[] watched = Trail(path, ref calls);
        calls += watched.Length;
        DateTime[] times = Array.ConvertAll(watched, Directory.GetLastWriteTimeUtc);
        return new DirectoryStamp(watched, times, directory.Exists, Array.TrueForAll(times, time => time < trusted));
    }

    /// <summary>Whether the directory holds the same names as when the stamp was taken.</summary>
    public bool Holds(ref int calls)
    {
        for (int i = 0; i < _watched.Length; i++)
        {
            calls++;
            // A missing directory has a time too: the year 1601.
            if (Directory.GetLastWriteTimeUtc(_watched[i]) != _times[i])
                return false;
        }
        return true;
    }

    /// <summary>
    /// Each link on the way, and the directory at the end. A link's modification time is read as its own, not its target's, so every one that
    /// could be pointed elsewhere is watched; of an ordinary directory the kernel follows the links above it.
    /// </summary>
    private static string[] Trail(string path, ref int calls)
    {
        List<string> links = [];
        string end = Follow(path, links, ref calls);
        return [.. links, end];
    }

    private static string Follow(string path, List<string> links, ref int calls)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        // From the top, because a relative target counts from where its link really is: with a -> x/y, 'a/../b' is 'x/b'.
        var directory = new DirectoryInfo(Path.Join(Follow(parent, links, ref calls), Path.GetFileName(path)));
        calls++;
        if (!IsLink(directory))
            return directory.FullName;
        if (links.Count == MaxLinks)
            throw new IOException($"Too many symbolic links: '{path}'");
        links.Add(directory.FullName);
        calls++;
        return directory.ResolveLinkTarget(returnFinalTarget: false) is { } target ? Follow(target.FullName, links, ref calls) : directory.FullName;
    }

    // All bits of the attributes are set where nothing is.
    private static bool IsLink(DirectoryInfo directory) =>
        directory.Attributes is not (FileAttributes)(-1) and var attributes && attributes.HasFlag(FileAttributes.ReparsePoint);
}
