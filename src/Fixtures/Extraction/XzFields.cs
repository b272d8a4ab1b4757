namespace Fixtures.Extraction;

/// <summary>The pieces that xz headers and indexes are made of.</summary>
internal static class XzFields
{
    private const int MaxIntegerByteCount = 9;

    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = Crc.Create32();
        crc.Add(bytes);
        return (uint)crc.Value;
    }

    /// <summary>Reads an integer of seven bits a byte, lowest first, and cuts it off. Like the format it is at most 63 bits long and never longer than needed.</summary>
    public static long ReadInteger(ref ReadOnlySpan<byte> bytes)
    {
        long value = 0;
        for (int i = 0; i < Math.Min(bytes.Length, MaxIntegerByteCount); i++)
        {
            byte next = bytes[i];
            value |= (long)(next & 0x7F) << (7 * i);
            if (next >= 0x80)
                continue;
            if (next == 0 && i > 0)
                break;
            bytes = bytes[(i + 1)..];
            return value;
        }
        throw PackedFileException.Damaged("a header holds a number that is none");
    }
}
