using System.Buffers.Binary;
using Fixtures.Extraction;
using SharpCompress.Compressors.LZMA;

namespace Fixtures.Tests.Extraction;

/// <summary>Packs bytes as xz: one stream of one block with a CRC-32, as <see href="https://tukaani.org/xz/xz-file-format.txt"/> has it.</summary>
internal static class XzPack
{
    private const int ChunkByteCount = 2 << 20;

    private static readonly byte[] Magic = [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];
    private static readonly byte[] Flags = [0, 1];

    // One filter, LZMA2, with a dictionary of 8 MiB.
    private static readonly byte[] BlockHeader = [2, 0, 0x21, 1, 0x16, 0, 0, 0];

    /// <param name="bytes">Every two megabytes of them pack to less than 64 KiB.</param>
    public static byte[] Pack(byte[] bytes)
    {
        byte[] data = [.. bytes.Chunk(ChunkByteCount).SelectMany(Chunk), 0];
        byte[] block = [.. Checked(BlockHeader), .. data];
        byte[] index = Checked(Padded([0, 1, .. Number(block.Length + sizeof(uint)), .. Number(bytes.Length)]));
        byte[] end = [.. Little((uint)(index.Length / sizeof(uint)) - 1), .. Flags];
        return [.. Magic, .. Checked(Flags), .. Padded(block), .. Crc32(bytes), .. index, .. Crc32(end), .. end, (byte)'Y', (byte)'Z'];
    }

    // A chunk that needs nothing of the one before: LZMA with its sizes and properties in front.
    private static byte[] Chunk(byte[] bytes)
    {
        var packed = new MemoryStream();
        byte properties;
        using (var stream = LzmaStream.Create(new LzmaEncoderProperties(), isLzma2: false, packed))
        {
            properties = stream.Properties[0];
            stream.Write(bytes, 0, bytes.Length);
        }
        int unpackedSize = bytes.Length - 1;
        int packedSize = checked((ushort)(packed.Length - 1));
        return [(byte)(0xE0 | unpackedSize >> 16), (byte)(unpackedSize >> 8), (byte)unpackedSize, (byte)(packedSize >> 8), (byte)packedSize, properties, .. packed.ToArray()];
    }

    private static byte[] Checked(byte[] bytes) => [.. bytes, .. Crc32(bytes)];

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[-bytes.Length & 3]];

    private static byte[] Number(int number)
    {
        List<byte> bytes = [];
        for (; number >= 0x80; number >>= 7)
            bytes.Add((byte)(number | 0x80));
        return [.. bytes, (byte)number];
    }

    private static byte[] Crc32(byte[] bytes)
    {
        Crc crc = Crc.Create32();
        crc.Add(bytes);
        return Little((uint)crc.Value);
    }

    private static byte[] Little(uint number)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }
}
