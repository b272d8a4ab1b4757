using System.Diagnostics;
using System.IO.Compression;
using ICSharpCode.SharpZipLib.BZip2;
using SharpCompress.Compressors.LZMA;
using SharpCompress.Compressors.Xz;

namespace Fixtures.Benchmarks.Posts;

/// <summary>Packs a file, and unpacks it with nothing but the package that does it best.</summary>
internal static class PackedFile
{
    /// <summary>Writes the file again, packed, beside it.</summary>
    /// <param name="path">The plain file.</param>
    /// <param name="compression">One of <see cref="FixtureFile.Compressions"/>. xz needs the command of that name: no package writes it.</param>
    /// <returns>The packed file.</returns>
    public static string Write(string path, string compression)
    {
        string packedPath = $"{path}.{compression}";
        if (compression == "xz")
        {
            using Process xz = Process.Start("xz", ["--keep", "--force", path]);
            xz.WaitForExit();
            return packedPath;
        }

        byte[] bytes = File.ReadAllBytes(path);
        using FileStream packed = File.Create(packedPath);
        switch (compression)
        {
            case "gz":
                using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
                    gzip.Write(bytes);
                break;
            case "bz2":
                using (var bzip2 = new BZip2OutputStream(packed))
                    bzip2.Write(bytes, 0, bytes.Length);
                break;
            case "zip":
                using (var archive = new ZipArchive(packed, ZipArchiveMode.Create))
                using (Stream entry = archive.CreateEntry(Path.GetFileName(path)).Open())
                    entry.Write(bytes);
                break;
            default:
                using (var lzma = LzmaStream.Create(new LzmaEncoderProperties(), isLzma2: false, packed))
                {
                    packed.Write(lzma.Properties);
                    packed.Write(BitConverter.GetBytes((long)bytes.Length));
                    lzma.Write(bytes, 0, bytes.Length);
                }
                break;
        }
        return packedPath;
    }

    /// <summary>The package's own stream: no checks but its own.</summary>
    /// <param name="file">The packed file; stays open.</param>
    /// <param name="compression">How it is packed.</param>
    public static Stream OpenBare(FileStream file, string compression)
    {
        switch (compression)
        {
            case "gz":
                return new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
            case "bz2":
                return new BZip2InputStream(file) { IsStreamOwner = false };
            case "zip":
                return new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true).Entries[0].Open();
            case "xz":
                return new XZStream(file);
            default:
                byte[] properties = new byte[5];
                byte[] length = new byte[8];
                file.ReadExactly(properties);
                file.ReadExactly(length);
                return LzmaStream.Create(properties, file, -1, BitConverter.ToInt64(length), leaveOpen: true);
        }
    }
}
