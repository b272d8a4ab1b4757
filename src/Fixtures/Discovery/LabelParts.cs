namespace Fixtures.Discovery;

/// <summary>What a label says: <c>[directory/]name[.format][.compression]</c>.</summary>
/// <param name="Directory">What stands before the last path segment, with its separator; empty for a bare name.</param>
/// <param name="Name">The last segment without the known extensions.</param>
/// <param name="Format">The format that the label fixes, or null.</param>
/// <param name="Compression">The compression that the label fixes, or null: any, or none.</param>
/// <param name="UnknownExtension">What stands where a format could stand and is none. It is part of the name.</param>
internal sealed record LabelParts(string Directory, string Name, string? Format, string? Compression, string? UnknownExtension)
{
    /// <summary>The last path segment, as written.</summary>
    public string FileName => Name + (Format is null ? "" : '.' + Format) + (Compression is null ? "" : '.' + Compression);

    /// <summary>Whether the label is looked for in its own directory only.</summary>
    public bool IsAbsolute => Path.IsPathRooted(Directory);

    /// <summary>Whether the label starts with <c>./</c>.</summary>
    public bool StartsWithDot => Directory.Length > 1 && Directory[0] == '.'
        && (Directory[1] == Path.DirectorySeparatorChar || Directory[1] == Path.AltDirectorySeparatorChar);

    /// <exception cref="FixtureException">The label cannot name a file (stage Resolve).</exception>
    public static LabelParts Parse(string label)
    {
        if (label.Length == 0)
            throw Refused("A label is empty. Give a fixture's name, such as 'testdata'.");
        if (label.Contains('\0'))
            throw Refused($"Label '{label.Replace("\0", "\\0", StringComparison.Ordinal)}' holds a NUL character, which no file name can.");
        if (label.AsSpan().ContainsAny('\n', '\r'))
        {
            string shown = label.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);
            throw Refused($"Label '{shown}' holds a line break. Give each label for itself.");
        }
        string fileName = Path.GetFileName(label);
        if (fileName is "" or "." or "..")
            throw Refused($"Label '{label}' names a directory. Name a fixture in it, such as '{Path.Join(label, "testdata")}'.");
        return Split(fileName) with { Directory = label[..^fileName.Length] };
    }

    /// <summary>Takes a file's name apart; <see cref="Directory"/> is empty.</summary>
    public static LabelParts Split(string fileName)
    {
        string name = fileName;
        string? compression = TakeExtension(ref name, FixtureFile.Compressions);
        string? format = TakeExtension(ref name, FixtureFile.Formats);
        string? unknown = format is null && Extension(name) is { Length: > 0 } extension ? extension : null;
        return new LabelParts("", name, format, compression, unknown);
    }

    private static string? TakeExtension(ref string name, IReadOnlyList<string> known)
    {
        if (Extension(name) is not { } extension || !known.Contains(extension))
            return null;
        name = name[..^(extension.Length + 1)];
        return extension;
    }

    // The dot of '.hidden' starts a name, it does not end one.
    private static string? Extension(string name) => name.LastIndexOf('.') is > 0 and var dot ? name[(dot + 1)..] : null;

    private static FixtureException Refused(string message) => new(FixtureStage.Resolve, new FixtureError(message));
}
