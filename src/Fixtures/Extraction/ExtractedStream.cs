using System.Globalization;
using ICSharpCode.SharpZipLib;
using SharpCompress.Common;

namespace Fixtures.Extraction;

/// <summary>
/// The plain bytes of a fixture. The only place where errors of the disk and of the packages become a <see cref="FixtureException"/>,
/// and where the limit of what a packed file may unpack to is kept. An error is final: every later read throws it again.
/// </summary>
internal sealed class ExtractedStream : ForwardStream
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Unpacker? _unpacker;
    private readonly long _maxUnpackedBytes;
    private long _byteCount;
    private bool _ended;
    private FixtureException? _error;

    /// <param name="path">The file's path as messages show it.</param>
    /// <param name="file">The file; the stream owns it.</param>
    /// <param name="unpacker">What unpacks it, or null for a plain file; the stream owns it.</param>
    /// <param name="maxUnpackedBytes">How many bytes a packed file may unpack to.</param>
    public ExtractedStream(string path, FileStream file, Unpacker? unpacker, long maxUnpackedBytes)
    {
        _path = path;
        _file = file;
        _unpacker = unpacker;
        _maxUnpackedBytes = maxUnpackedBytes;
    }

    /// <summary>How many bytes of the file, packed, were read so far. Valid until the stream is disposed.</summary>
    public long FileBytesRead => _file.CanSeek ? _file.Position : 0;

    /// <summary>The file's size, packed; null for a pipe.</summary>
    public long? FileByteCount => _file.CanSeek ? _file.Length : null;

    /// <summary>Unpacks what is left and forgets it.</summary>
    /// <exception cref="FixtureException">The file is damaged.</exception>
    public void ReadToEnd()
    {
        byte[] buffer = new byte[32 * 1024];
        while (Read(buffer) > 0)
        {
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_error != null)
            throw _error;
        if (_ended || buffer.IsEmpty)
            return 0;
        try
        {
            int byteCount = _unpacker == null ? _file.Read(buffer) : Unpack(_unpacker, buffer);
            _ended = byteCount == 0;
            return byteCount;
        }
        catch (PackedFileException error)
        {
            throw _error = Refuse(error.Message, error.InnerException);
        }
        catch (Exception error) when (IsOfDecoder(error))
        {
            throw _error = Refuse(PackedFileException.Damaged("its data cannot be unpacked").Message, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw _error = Refuse($"cannot be read: {error.Message}", error);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ended = true;
            _unpacker?.Dispose();
            _file.Dispose();
        }
        base.Dispose(disposing);
    }

    // One byte past the limit is asked for, so that a file that unpacks to exactly the limit is read to its end and verified.
    private int Unpack(Unpacker unpacker, Span<byte> buffer)
    {
        long room = _maxUnpackedBytes - _byteCount;
        if (buffer.Length > room)
            buffer = buffer[..(int)(room + 1)];
        int byteCount = unpacker.Read(buffer);
        _byteCount += byteCount;
        if (_byteCount > _maxUnpackedBytes)
        {
            throw new PackedFileException(string.Create(CultureInfo.InvariantCulture,
                $"unpacks to more than {_maxUnpackedBytes} bytes, the limit set by the option 'MaxUnpackedBytes'. Raise it if the file is meant to be that large."));
        }
        return byteCount;
    }

    // What the packages throw at data that is not as it should be. SharpZipLib and SharpCompress also run past the end of
    // their tables (IndexOutOfRangeException), as flipping bits of small files shows.
    private static bool IsOfDecoder(Exception error) =>
        error is InvalidDataException or EndOfStreamException or SharpZipBaseException or SharpCompressException or IndexOutOfRangeException;

    private FixtureException Refuse(string predicate, Exception? cause) =>
        new(FixtureStage.Decode, new FixtureError($"'{Path.GetFileName(_path)}' {predicate}") { File = _path }, cause);
}
