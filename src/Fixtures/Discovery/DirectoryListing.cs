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

    /// <summary>The names of its files in ordinal order; of a directory that was streamed, those that were asked for.</summary>
    public string[] Names { get; private init; } = [];

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
            int fileCount = 0;
            calls++;
            string[] names = [.. Files(path, name =>
            {
                fileCount++;
                return only is null || only.Contains(name);
            })];
            Array.Sort(names, StringComparer.Ordinal);
            return new DirectoryListing(path, stamp) { Exists = true, FileCount = fileCount, Names = names };
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
    public static IEnumerable<string> Stream(string path) => Files(path, _ => true);

    private static FileSystemEnumerable<string> Files(string path, NameFilter isWanted) =>
        new(path, (ref entry) => entry.FileName.ToString(), EveryFile)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && isWanted(entry.FileName),
        };

    private delegate bool NameFilter(ReadOnlySpan<char> fileName);
}
