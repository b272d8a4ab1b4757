using System.Globalization;

namespace Fixtures.Extraction;

/// <summary>How much of what it unpacked an LZMA decoder keeps: that much memory it takes, whatever the file's size.</summary>
internal static class LzmaDictionary
{
    // xz -9 states 64 MiB. A damaged or hostile header can state 4 GiB.
    private const int MaxByteCount = 512 << 20;

    private const int MinByteCount = 4 << 10;

    /// <summary>The dictionary that is enough to unpack so many bytes: never more than they are.</summary>
    /// <param name="statedByteCount">The size that the file states.</param>
    /// <param name="unpackedByteCount">How many bytes it can unpack to.</param>
    /// <exception cref="PackedFileException">It is more than is reasonable.</exception>
    public static int Limit(long statedByteCount, long unpackedByteCount)
    {
        long byteCount = Math.Max(MinByteCount, Math.Min(statedByteCount, unpackedByteCount));
        if (byteCount > MaxByteCount)
        {
            throw new PackedFileException(string.Create(CultureInfo.InvariantCulture,
                $"needs a dictionary of {byteCount >> 20} MiB to be unpacked; at most {MaxByteCount >> 20} MiB are supported. Restore it, or pack it again with the packer's default settings."));
        }
        return (int)byteCount;
    }
}
