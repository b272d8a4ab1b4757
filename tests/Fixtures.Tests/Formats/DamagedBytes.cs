namespace Fixtures.Tests.Formats;

/// <summary>Damages fixtures byte by byte.</summary>
internal static class DamagedBytes
{
    /// <summary>Inserts, removes or replaces up to two bytes.</summary>
    /// <param name="random">Where, and by which.</param>
    /// <param name="bytes">The fixture.</param>
    /// <param name="first">The first byte that may be damaged.</param>
    /// <param name="codes">What may be inserted.</param>
    public static byte[] Of(Random random, byte[] bytes, int first, byte[] codes)
    {
        for (int i = random.Next(3); i > 0; i--)
        {
            int at = random.Next(first, bytes.Length);
            byte code = codes[random.Next(codes.Length)];
            bytes = random.Next(3) switch
            {
                0 => [.. bytes[..at], code, .. bytes[at..]],
                1 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + 1)..]],
                _ => [.. bytes[..at], code, .. bytes[Math.Min(bytes.Length, at + 1)..]],
            };
        }
        return bytes;
    }
}
