using System.Buffers.Binary;
using System.IO.Compression;

namespace Fixtures.Extraction;

/// <summary>
/// Unpacks the one file in a zip; its name does not matter. Folders (names that end in a slash, without content) do not count.
/// ZipArchive compares neither length nor CRC and passes over what follows the archive, so that is done here.
/// </summary>
internal sealed class ZipUnpacker(FileStream file) : Unpacker
{
    private const int EndRecordByteCount = 22;

    private readonly Crc _crc = Crc.Create32();
    private ZipArchive? _archive;
    private ZipArchiveEntry? _entry;
    private Stream? _decoder;
    private long _byteCount;

    public override int Read(Span<byte> buffer)
    {
        _decoder ??= OpenEntry();
        int byteCount = _decoder.Read(buffer);
        _crc.Add(buffer[..byteCount]);
        _byteCount += byteCount;
        if (byteCount == 0 && _byteCount != _entry!.Length)
            throw PackedFileException.Damaged("its length differs from the one it states");
        if (byteCount == 0 && _crc.Value != _entry!.Crc32)
            throw PackedFileException.Damaged("its checksum differs from the one it states");
        return byteCount;
    }

    public override void Dispose()
    {
        _decoder?.Dispose();
        _archive?.Dispose();
    }

    private Stream OpenEntry()
    {
        if (!file.CanSeek)
            throw new PackedFileException("cannot be read: a zip is read from its end, and this is a pipe. Store it as a file.");
        CheckEnd();
        _archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        List<ZipArchiveEntry> entries = [.. _archive.Entries.Where(entry => entry.Length > 0 || !entry.FullName.EndsWith('/'))];
        if (entries is not [ZipArchiveEntry only])
            throw new PackedFileException($"holds {entries.Count} files. Zip-compressed fixtures must contain one file; pack each one by itself.");
        if (only.IsEncrypted)
            throw new PackedFileException("is encrypted. Pack it again without a password.");
        _entry = only;
        try
        {
            return only.Open();
        }
        catch (InvalidDataException error)
        {
            throw new PackedFileException("is damaged, or packed in a way that is not supported. Pack it again with the method 'deflate', which is the default of most tools.", error);
        }
    }

    // A zip ends in a record that ends in a comment. ZipArchive takes the last thing that looks like the record, whatever follows it.
    private void CheckEnd()
    {
        byte[] end = new byte[Math.Min(file.Length, EndRecordByteCount + ushort.MaxValue)];
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        int start = end.AsSpan().LastIndexOf("PK\x05\x06"u8);
        if (start < 0 && StartsAsZip())
            throw new PackedFileException("is truncated, or holds other bytes after the packed data. Restore it or pack it again.");
        if (start < 0)
            throw PackedFileException.NotPacked("a zip");

        ReadOnlySpan<byte> record = end.AsSpan(start);
        if (record.Length < EndRecordByteCount)
            throw PackedFileException.Truncated();
        int commentByteCount = BinaryPrimitives.ReadUInt16LittleEndian(record[20..]);
        if (record.Length < EndRecordByteCount + commentByteCount)
            throw PackedFileException.Truncated();
        if (record.Length > EndRecordByteCount + commentByteCount)
            throw PackedFileException.TrailingBytes();
        // In a zip64 archive the number of the disk may stand elsewhere; here is 0xFFFF then.
        if (BinaryPrimitives.ReadUInt16LittleEndian(record[4..]) is not (0 or ushort.MaxValue))
            throw new PackedFileException("is one part of a zip in several parts. Pack it again in one.");
    }

    private bool StartsAsZip()
    {
        Span<byte> signature = stackalloc byte[4];
        file.Position = 0;
        int byteCount = file.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false);
        return "PK\x03\x04"u8.StartsWith(signature[..byteCount]);
    }
}
