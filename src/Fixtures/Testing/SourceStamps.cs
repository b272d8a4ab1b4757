namespace Fixtures.Testing;

/// <summary>Size and time of the files that a snapshot is made of, in the order in which they are read.</summary>
internal sealed class SourceStamps
{
    // File systems stamp with the kernel's clock tick, 10 ms at its coarsest (HZ=100): within a tick a second change leaves the time as it is.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    private readonly Stamp[] _stamps;

    private SourceStamps(Stamp[] stamps) => _stamps = stamps;

    /// <summary>Reads sizes and times: one system call a file. Before the files themselves are read: what changes in between is then seen the next time.</summary>
    public static SourceStamps Take(IReadOnlyList<string> paths)
    {
        DateTime trusted = DateTime.UtcNow - Tick;
        var stamps = new Stamp[paths.Count];
        for (int i = 0; i < stamps.Length; i++)
        {
            FileInfo file = Target(new FileInfo(paths[i]));
            stamps[i] = new Stamp(paths[i], file.Exists ? file.Length : -1, file.LastWriteTimeUtc, file.LastWriteTimeUtc < trusted);
        }
        return new SourceStamps(stamps);
    }

    /// <summary>What a link leads to: it has a time of its own. A link that leads in a circle leads nowhere, as who reads it will say.</summary>
    private static FileInfo Target(FileInfo file)
    {
        try
        {
            return file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint) && file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target : file;
        }
        catch (IOException)
        {
            return file;
        }
    }

    /// <summary>The first difference from what was found before, in words; null: there is none.</summary>
    public string? ChangeSince(SourceStamps before)
    {
        for (int i = 0; i < Math.Max(_stamps.Length, before._stamps.Length); i++)
        {
            if (i == _stamps.Length)
                return $"'{before._stamps[i].Path}' is not there any more";
            if (i == before._stamps.Length)
                return $"'{_stamps[i].Path}' is new";
            Stamp now = _stamps[i];
            Stamp then = before._stamps[i];
            if (now.Path != then.Path)
                return $"'{now.Path}' is new, or '{then.Path}' is not there any more";
            if (now.ByteCount != then.ByteCount || now.Time != then.Time)
                return $"'{now.Path}' has changed";
            if (!then.IsTrusted)
                return $"'{now.Path}' had only just been written, so that a change might not have been seen";
        }
        return null;
    }

    private readonly record struct Stamp(string Path, long ByteCount, DateTime Time, bool IsTrusted);
}
