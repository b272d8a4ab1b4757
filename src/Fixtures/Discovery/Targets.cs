namespace Fixtures.Discovery;

/// <summary>
/// The file names that a label stands for: name x {.alias, nothing} x formats x compressions, less what the label fixes.
/// Found by intersection, never by a glob, so a name may hold any character.
/// </summary>
internal sealed class Targets
{
    private readonly LabelParts _parts;
    private readonly string _beginning;
    private readonly Dictionary<string, int> _ranks = new(StringComparer.Ordinal);
    private readonly List<(string Format, string? Compression)> _extensions = [];

    /// <param name="parts">The label.</param>
    /// <param name="alias">The alias of the database in use. A label never fixes it.</param>
    public Targets(LabelParts parts, string alias)
    {
        _parts = parts;
        _beginning = parts.Name + '.';
        IReadOnlyList<string> formats = parts.Format is { } format ? [format] : FixtureFile.Formats;
        IReadOnlyList<string?> compressions = parts.Compression is { } compression ? [compression] : [null, .. FixtureFile.Compressions];
        string[] stems = alias.Length == 0 ? [_beginning] : [_beginning + alias + '.', _beginning];
        foreach (string stem in stems)
        {
            foreach (string extension in formats)
            {
                foreach (string? packed in compressions)
                {
                    _ranks.Add(stem + extension + (packed is null ? "" : '.' + packed), _extensions.Count);
                    _extensions.Add((extension, packed));
                }
            }
        }
    }

    /// <summary>The file names, in the order of their preference.</summary>
    public IReadOnlyCollection<string> FileNames => _ranks.Keys;

    public bool Contains(ReadOnlySpan<char> fileName) => fileName.StartsWith(_beginning, StringComparison.Ordinal) && _ranks.ContainsKey(fileName.ToString());

    /// <summary>The targets among a directory's file names, in the order of their preference.</summary>
    public string[] Among(FileNames names)
    {
        string[] found = [.. names.StartingWith(_beginning).Where(_ranks.ContainsKey)];
        Array.Sort(found, (a, b) => _ranks[a].CompareTo(_ranks[b]));
        return found;
    }

    /// <summary>The fixture that one of the targets is.</summary>
    public FixtureFile FixtureIn(string directory, string fileName)
    {
        (string format, string? compression) = _extensions[_ranks[fileName]];
        return new FixtureFile(Path.Join(directory, fileName), _parts.Name, format, compression);
    }
}
