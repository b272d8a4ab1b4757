namespace Fixtures;

/// <summary>A fixture that a label was resolved to.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="Name">The file's name without database alias, format and compression, such as <c>testdata</c>.</param>
/// <param name="Format">One of <see cref="Formats"/>.</param>
/// <param name="Compression">One of <see cref="Compressions"/>, or null for a plain file.</param>
public sealed record FixtureFile(string Path, string Name, string Format, string? Compression)
{
    /// <summary>The formats, as file name extensions without dot, in the order in which they are searched for.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["json", "jsonl", "yaml", "yml", "xml"];

    /// <summary>The compressions, as file name extensions without dot, in the order in which they are searched for.</summary>
    public static IReadOnlyList<string> Compressions { get; } = ["gz", "bz2", "zip", "xz", "lzma"];
}
