using System.Buffers.Binary;

namespace Fixtures.Extraction;

/// <summary>
/// Unpacks xz: streams of blocks, each stream with an index of its blocks, zero bytes between and after the streams.
/// The container is read here, because SharpCompress's XZStream neither verifies the blocks' checks nor reads a second stream;
/// SharpCompress decodes the LZMA2 in it. The format: https://tukaani.org/xz/xz-file-format.txt
/// </summary>
internal sealed class XzUnpacker(PackedInput input, long maxUnpackedBytes) : Unpacker
{
    private const int HeaderByteCount = 12;

    private static readonly byte[] Signature = [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    private readonly byte[] _header = new byte[HeaderByteCount];
    private bool _inStream;
    private XzIndex? _index;
    private XzBlock? _block;

    public override int Read(Span<byte> buffer)
    {
        if (_index == null)
            BeginStream();
        while (true)
        {
            if (_block != null)
            {
                int byteCount = _block.Read(buffer);
                if (byteCount > 0)
                    return byteCount;
                _index!.Add(_block.UnpaddedByteCount, _block.ByteCount);
                _block.Dispose();
                _block = null;
            }
            else if (_inStream && input.Peek() is not [0, ..])
            {
                _block = new XzBlock(input, XzCheck.Create(_header[7]), maxUnpackedBytes);
            }
            else if (_inStream)
            {
                EndStream();
            }
            else if (SkipPadding())
            {
                return 0;
            }
            else
            {
                BeginStream();
            }
        }
    }

    public override void Dispose()
    {
        _block?.Dispose();
        _index?.Dispose();
        input.Dispose();
    }

    private void BeginStream()
    {
        if (!input.StartsWith(Signature))
            throw _index == null ? PackedFileException.NotPacked("an xz") : PackedFileException.TrailingBytes();
        input.ReadExactly(_header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(_header.AsSpan(8)) != XzFields.Crc32(_header.AsSpan(6, 2)))
            throw PackedFileException.Damaged("the checksum of a stream's header differs");
        if (_header[6] != 0 || !XzCheck.IsKnown(_header[7]))
            throw new PackedFileException($"uses a kind of check that is not supported ({_header[6]:X2} {_header[7]:X2}). Pack it again with the packer's default settings.");
        _index?.Dispose();
        _index = new XzIndex();
        _inStream = true;
    }

    // The footer repeats the index's size and the header's flags.
    private void EndStream()
    {
        long indexByteCount = _index!.Verify(input);
        Span<byte> footer = stackalloc byte[HeaderByteCount];
        input.ReadExactly(footer);
        if (BinaryPrimitives.ReadUInt32LittleEndian(footer) != XzFields.Crc32(footer[4..10])
            || (BinaryPrimitives.ReadUInt32LittleEndian(footer[4..]) + 1L) * 4 != indexByteCount
            || !footer[8..10].SequenceEqual(_header.AsSpan(6, 2))
            || !footer[10..].SequenceEqual("YZ"u8))
        {
            throw PackedFileException.Damaged("the footer of a stream differs from what it should be");
        }
        _inStream = false;
    }

    /// <returns>Whether that was the end of the file.</returns>
    private bool SkipPadding()
    {
        long start = input.TakenByteCount;
        while (input.Peek() is [0, ..] available)
        {
            int zeros = available.IndexOfAnyExcept((byte)0);
            input.Advance(zeros < 0 ? available.Length : zeros);
        }
        if ((input.TakenByteCount - start) % 4 != 0)
            throw PackedFileException.TrailingBytes();
        return input.Peek().IsEmpty;
    }
}
