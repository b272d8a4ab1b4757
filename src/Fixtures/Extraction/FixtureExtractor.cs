namespace Fixtures.Extraction;

/// <summary>Opens a fixture as a stream of its plain bytes, whatever it is packed with.</summary>
internal static class FixtureExtractor
{
    private const int ZipBufferByteCount = 16 << 10;

    /// <summary>
    /// Opens a fixture. The stream is forward only and has no buffer worth relying on: read it in large pieces.
    /// It gives exactly what was packed, or throws; a checksum is known to differ only at the end of what it covers.
    /// </summary>
    /// <param name="file">The fixture. Its extension says how it is packed.</param>
    /// <param name="maxUnpackedBytes">How many bytes it may unpack to. Plain files are not limited.</param>
    /// <returns>A stream that closes the file when it is disposed.</returns>
    /// <exception cref="FixtureException">
    /// The file is gone (stage Resolve) or cannot be read (stage Decode). Reading throws it for files that are not what their extension says,
    /// truncated, damaged or too large (stage Decode).
    /// </exception>
    public static ExtractedStream Open(FixtureFile file, long maxUnpackedBytes)
    {
        FileStream stream = OpenFile(file);
        Unpacker? unpacker = file.Compression switch
        {
            null => null,
            "gz" => new GzipUnpacker(new PackedInput(stream)),
            "bz2" => new Bzip2Unpacker(new PackedInput(stream)),
            "zip" => new ZipUnpacker(stream),
            "xz" => new XzUnpacker(new PackedInput(stream), maxUnpackedBytes),
            "lzma" => new LzmaUnpacker(new PackedInput(stream), maxUnpackedBytes),
            _ => throw new ArgumentOutOfRangeException(nameof(file), file.Compression, "No such compression."),
        };
        return new ExtractedStream(file.Path, stream, unpacker, maxUnpackedBytes);
    }

    private static FileStream OpenFile(FixtureFile file)
    {
        try
        {
            return new FileStream(file.Path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.Read,
                Options = FileOptions.SequentialScan,
                // Everyone else reads in large pieces. Reading a zip's directory does not.
                BufferSize = file.Compression == "zip" ? ZipBufferByteCount : 0,
            });
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Refuse(FixtureStage.Resolve, file, $"'{file.Path}' was found but is not there any more. Load again, or restore it.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refuse(FixtureStage.Decode, file, $"'{file.Path}' cannot be read: {error.Message}", error);
        }
    }

    private static FixtureException Refuse(FixtureStage stage, FixtureFile file, string message, Exception cause) =>
        new(stage, new FixtureError(message) { File = file.Path }, cause);
}
