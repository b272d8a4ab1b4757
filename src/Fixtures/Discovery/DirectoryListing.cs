using System.IO.Enumeration;

namespace Fixtures.Discovery;

/// <summary>The file names of one directory at one moment. Immutable.</summary>
internal sealed class DirectoryListing
{
    // The default options pass over hidden files, and '.hidden.json' is a fixture.
    private static readonly EnumerationOptions EveryFile = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly DirectoryStamp? _stamp;

    private DirectoryListing(string path, DirectoryStamp? stamp)
    {
        Path = path;
        _stamp = stamp;
    }

    /// <summary>The directory's full path.</summary>
    public string Path { get; }

    /// <summary>Whether it is there (and a directory).</summary>
    public bool Exists { get; private init; }

    /// <summary>How many files it holds.</summary>
    public int FileCount { get; private init; }

    /// <summary>The names of its files; of a directory that was streamed, those that were asked for.</summary>
    public FileNames Names { get; private init; } = FileNames.None;

    /// <summary>Why the directory could not be read, or null.</summary>
    public string? Unreadable { get; private init; }

    /// <summary>Whether the directory still holds these names. Costs one system call.</summary>
    public bool IsCurrent(ref int calls)
    {
        try
        {
            return _stamp is { IsTrusted: true } && Unreadable is null && _stamp.Holds(ref calls);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Out of reach by now; listing it again says why.
            return false;
        }
    }

    /// <summary>Lists a directory.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="only">The names to keep. Null: all.</param>
    /// <param name="calls">Counts the system calls.</param>
    public static DirectoryListing Read(string path, Targets? only, ref int calls)
    {
        DirectoryStamp? stamp = null;
        try
        {
            stamp = DirectoryStamp.Take(path, ref calls);
            if (!stamp.Exists)
                return new DirectoryListing(path, stamp);
            calls++;
            using var files = new NameReader(path, only);
            return new DirectoryListing(path, stamp) { Exists = true, Names = files.Read(), FileCount = files.Count };
        }
        catch (DirectoryNotFoundException)
        {
            // Removed between the two calls; the stamp no longer holds then.
            return new DirectoryListing(path, stamp);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new DirectoryListing(path, stamp) { Exists = true, Unreadable = error.Message };
        }
    }

    /// <summary>The names of a directory's files, one at a time. A directory named <c>x.json</c> is none.</summary>
    public static IEnumerable<string> Stream(string path) =>
        new FileSystemEnumerable<string>(path, (ref entry) => entry.FileName.ToString(), EveryFile) { ShouldIncludePredicate = (ref entry) => !entry.IsDirectory };

    private sealed class NameReader(string path, Targets? only) : FileSystemEnumerator<string>(path, EveryFile)
    {
        private readonly FileNames.Builder _names = new();

        public int Count { get; private set; }

        public FileNames Read()
        {
            // No entry is ever included: one call goes through all of them.
            MoveNext();
            return _names.Build();
        }

        protected override bool ShouldIncludeEntry(ref FileSystemEntry entry)
        {
            if (!entry.IsDirectory)
            {
                Count++;
                if (only is null || only.Contains(entry.FileName))
                    _names.Add(entry.FileName);
            }
            return false;
        }

        protected override string TransformEntry(ref FileSystemEntry entry) => "";
    }
}
