namespace Fixtures.Extraction;

/// <summary>What is wrong with a packed file, as a predicate of its name ("is truncated ..."). <see cref="ExtractedStream"/> turns it into a <see cref="FixtureException"/>.</summary>
internal sealed class PackedFileException(string predicate, Exception? innerException = null) : Exception(predicate, innerException)
{
    public static PackedFileException Truncated(Exception? cause = null) =>
        new("is truncated: the file ends inside the packed data. Restore it or pack it again.", cause);

    public static PackedFileException Damaged(string how, Exception? cause = null) =>
        new($"is damaged: {how}. Restore it or pack it again.", cause);

    public static PackedFileException TrailingBytes() =>
        new("holds other bytes after the packed data. Cut them off or pack it again.");

    public static PackedFileException NotPacked(string format) =>
        new($"is not {format} file: it begins with other bytes. Pack it again, or give it the extension of what it is.");
}
