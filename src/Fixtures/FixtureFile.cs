using Fixtures.Extraction;

namespace Fixtures;

/// <summary>A fixture that a label was resolved to.</summary>
/// <param name="Path">The file's full path.</param>
/// <param name="Name">The file's name without database alias, format and compression, such as <c>testdata</c>.</param>
/// <param name="Format">One of <see cref="Formats"/>.</param>
/// <param name="Compression">One of <see cref="Compressions"/>, or null for a plain file.</param>
public sealed record FixtureFile(string Path, string Name, string Format, string? Compression)
{
    /// <summary>Opens the file and unpacks it while it is read. Reading throws <see cref="FixtureException"/> (stage Decode) where the file is damaged.</summary>
    /// <param name="maxUnpackedBytes">How many bytes a packed file may unpack to.</param>
    /// <returns>The plain bytes, forward only; to be disposed.</returns>
    /// <exception cref="FixtureException">The file cannot be opened (stage Decode).</exception>
    public Stream OpenRead(long maxUnpackedBytes = FixtureOptions.DefaultMaxUnpackedBytes) => FixtureExtractor.Open(this, maxUnpackedBytes);

    /// <summary>The formats, as file name extensions without dot, in the order in which they are searched for.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["json", "jsonl", "yaml", "yml", "xml"];

    /// <summary>The compressions, as file name extensions without dot, in the order in which they are searched for.</summary>
    public static IReadOnlyList<string> Compressions { get; } = ["gz", "bz2", "zip", "xz", "lzma"];
}
