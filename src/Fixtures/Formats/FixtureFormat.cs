namespace Fixtures.Formats;

/// <summary>Chooses the reader of a format.</summary>
internal static class FixtureFormat
{
    /// <summary>Opens a fixture for reading.</summary>
    /// <param name="format">One of <see cref="FixtureFile.Formats"/>.</param>
    /// <param name="stream">The unpacked bytes; the reader disposes it.</param>
    /// <param name="path">The path for messages.</param>
    public static FixtureReader Open(string format, Stream stream, string path) => format switch
    {
        "json" => new JsonFixtureReader(stream, path),
        "jsonl" => new JsonLinesFixtureReader(stream, path),
        "yaml" or "yml" => new YamlFixtureReader(stream, path),
        "xml" => new XmlFixtureReader(stream, path),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Not one of FixtureFile.Formats."),
    };
}
