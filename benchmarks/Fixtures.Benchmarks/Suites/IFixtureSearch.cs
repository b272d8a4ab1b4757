using Fixtures.Discovery;

namespace Fixtures.Benchmarks.Suites;

/// <summary>A way to find the files of labels. All know the same names: with and without the database's alias, in every format, plain and packed.</summary>
internal interface IFixtureSearch
{
    /// <summary>How many names, listings and times were asked for.</summary>
    long Calls { get; }

    /// <summary>Finds the files of a test class.</summary>
    IEnumerable<string> Find(IReadOnlyList<string> labels);
}

/// <summary>Before the ticket: each name that a label may stand for is asked for in each directory. <see cref="File.Exists"/>, because a failed open costs an exception.</summary>
internal sealed class NameByName(IReadOnlyList<string> directories) : IFixtureSearch
{
    public long Calls { get; private set; }

    public IEnumerable<string> Find(IReadOnlyList<string> labels) =>
        from label in labels from directory in directories from name in TargetNames.Of(label) let path = Path.Combine(directory, name) where Exists(path) select path;

    private bool Exists(string path)
    {
        Calls++;
        return File.Exists(path);
    }
}

/// <summary>The ticket's patch: what a directory has of a label is globbed and intersected with the names, and a label's result is kept for good.</summary>
internal sealed class GlobByLabel(IReadOnlyList<string> directories) : IFixtureSearch
{
    private readonly Dictionary<string, List<string>> _found = new(StringComparer.Ordinal);

    public long Calls { get; private set; }

    public IEnumerable<string> Find(IReadOnlyList<string> labels) => labels.SelectMany(Find);

    private List<string> Find(string label)
    {
        if (_found.TryGetValue(label, out List<string>? files))
            return files;
        files = [];
        var targets = new HashSet<string>(TargetNames.Of(label), StringComparer.Ordinal);
        foreach (string directory in directories)
        {
            Calls++;
            files.AddRange(Directory.EnumerateFiles(directory, $"{label}*").Where(path => targets.Contains(Path.GetFileName(path))));
        }
        return _found[label] = files;
    }
}

/// <summary>What this library does for a call: each directory is listed once, and a look at its time tells whether that still holds.</summary>
internal sealed class ByResolver(FixtureOptions options) : IFixtureSearch
{
    private readonly FixtureResolver _resolver = new(options);

    public long Calls { get; private set; }

    public IEnumerable<string> Find(IReadOnlyList<string> labels)
    {
        List<string> files = [];
        DirectoryLook look = DirectoryLook.For(labels.Count);
        foreach (string label in labels)
            files.AddRange(_resolver.Find(label, ref look).Select(file => file.Path));
        Calls += look.Calls;
        return files;
    }
}

/// <summary>The names that a label may stand for.</summary>
internal static class TargetNames
{
    public static IEnumerable<string> Of(string label) =>
        from alias in (string[])[".default", ""]
        from format in FixtureFile.Formats
        from compression in (string[])["", .. FixtureFile.Compressions.Select(name => "." + name)]
        select $"{label}{alias}.{format}{compression}";
}
