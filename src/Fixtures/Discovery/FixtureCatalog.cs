using System.IO.Enumeration;

namespace Fixtures.Discovery;

/// <summary>All fixtures of the apps and the fixture directories.</summary>
/// <param name="Labels">The labels that reach them, in the order of the directories and, in each, by name.</param>
/// <param name="Unreached">Files that look like fixtures and that no label reaches.</param>
internal sealed record FixtureCatalog(IReadOnlyList<string> Labels, IReadOnlyList<string> Unreached)
{
    private static readonly EnumerationOptions EveryFile = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Lists directories with all that is below them.</summary>
    /// <param name="directories">Their full paths. One that is missing is passed over.</param>
    /// <param name="options">Which database is in use: fixtures of the others are left out.</param>
    /// <exception cref="FixtureException">A directory cannot be read (stage Resolve).</exception>
    public static FixtureCatalog Of(IEnumerable<string> directories, FixtureOptions options)
    {
        List<string> labels = [];
        List<string> unreached = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        string[] otherAliases = [.. options.Databases.Keys.Where(alias => alias != options.Database)];
        foreach (string directory in directories)
        {
            foreach (string file in Files(directory))
            {
                string fileName = Path.GetFileName(file);
                LabelParts parts = LabelParts.Split(fileName);
                if (parts.Format is null)
                {
                    if (LooksLikeFixture(fileName))
                        unreached.Add(Path.Join(directory, file));
                }
                else if (!Array.Exists(otherAliases, alias => EndsWithAlias(parts.Name, alias)))
                {
                    string label = file[..^fileName.Length] + LabelOf(parts, options.Database);
                    if (known.Add(label))
                        labels.Add(label);
                }
            }
        }
        return new FixtureCatalog(labels, unreached);
    }

    private static string[] Files(string directory)
    {
        if (!Directory.Exists(directory))
            return [];
        try
        {
            string[] files = [.. new FileSystemEnumerable<string>(directory, (ref FileSystemEntry entry) => Path.GetRelativePath(directory, entry.ToFullPath()), EveryFile)
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
            }];
            Array.Sort(files, StringComparer.Ordinal);
            return files;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FixtureException(FixtureStage.Resolve, new FixtureError($"The directory '{directory}' cannot be listed: {error.Message}"), error);
        }
    }

    // A name that would itself be read as one with an extension, or as standard input, is reached by the whole file name only.
    private static string LabelOf(LabelParts parts, string alias)
    {
        string name = EndsWithAlias(parts.Name, alias) ? parts.Name[..^(alias.Length + 1)] : parts.Name;
        return LabelParts.Split(name) is { Format: null, Compression: null } && name != "-" ? name : parts.FileName;
    }

    private static bool EndsWithAlias(string name, string alias) =>
        alias.Length > 0 && name.Length > alias.Length + 1 && name.EndsWith(alias, StringComparison.Ordinal) && name[^(alias.Length + 1)] == '.';

    // JSON in capitals, posts.json.bak, posts.json.zst.
    private static bool LooksLikeFixture(string fileName) =>
        fileName.Split('.').Skip(1).Any(part => FixtureFile.Formats.Contains(part.TrimEnd('~'), StringComparer.OrdinalIgnoreCase));
}
