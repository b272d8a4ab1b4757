using System.IO.Compression;
using ICSharpCode.SharpZipLib.BZip2;
using SharpCompress.Compressors.LZMA;

namespace Fixtures.Tests.Extraction;

/// <summary>
/// Packs bytes. No package here writes xz, nor .lzma with a marker at its end: see <see cref="XzSamples"/> and <see cref="LzmaSamples"/>.
/// </summary>
internal static class Pack
{
    /// <summary>What the small files hold.</summary>
    public static readonly byte[] Small = [.. """
        {"model":"blog.tag","pk":1,"fields":{"name":"red"}}
        {"model":"blog.tag","pk":2,"fields":{"name":"green"}}
        {"model":"blog.tag","pk":3,"fields":{"name":"blue"}}

        """u8];

    /// <summary>More than a megabyte, with a long period, that packs well.</summary>
    public static readonly byte[] Big = [.. Enumerable.Range(0, 1_500_000).Select(i => (byte)(i % 251 + i / 100_003))];

    /// <summary>What gzip makes of an empty file. GZipStream would write nothing at all.</summary>
    public static readonly byte[] GzipOfNothing = Convert.FromHexString("1F8B080000000000000303000000000000000000");

    public static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal))
            stream.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Bzip2(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var stream = new BZip2OutputStream(packed, 1))
            stream.Write(bytes, 0, bytes.Length);
        return packed.ToArray();
    }

    public static byte[] Zip(byte[] bytes, CompressionLevel level = CompressionLevel.Optimal) => Zip(level, ("data.json", bytes));

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] files)
    {
        var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream stream = archive.CreateEntry(name, level).Open();
                stream.Write(bytes);
            }
        }
        return packed.ToArray();
    }

    /// <summary>A .lzma file whose header states the size.</summary>
    public static byte[] LzmaOfKnownSize(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var stream = LzmaStream.Create(new LzmaEncoderProperties(), isLzma2: false, packed))
        {
            packed.Write(stream.Properties);
            packed.Write(BitConverter.GetBytes((long)bytes.Length));
            stream.Write(bytes, 0, bytes.Length);
        }
        return packed.ToArray();
    }
}
