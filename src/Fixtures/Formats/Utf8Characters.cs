using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fixtures.Formats;

/// <summary>Characters (UTF-16, as editors and messages count them) of bytes that are known to be UTF-8.</summary>
internal static class Utf8Characters
{
    private const byte LeastOfFour = 0xF0;
    private const int BlockByteCount = 32;

    /// <summary>How many characters bytes stand for. A decoder also looks whether they are valid, and takes six times as long.</summary>
    public static int Count(ReadOnlySpan<byte> utf8)
    {
        int count = utf8.Length >= BlockByteCount ? CountBlocks(ref utf8) : 0;
        foreach (byte code in utf8)
        {
            // A sequence of four bytes is two characters, any other one.
            if ((code & 0xC0) != 0x80)
                count += code >= LeastOfFour ? 2 : 1;
        }
        return count;
    }

    // By itself, because ReadyToRun has no code for vectors of this size: small fixtures do not come here.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CountBlocks(ref ReadOnlySpan<byte> utf8)
    {
        int count = 0;
        Vector256<sbyte> lastContinuation = Vector256.Create((sbyte)-65);
        Vector256<byte> leastOfFour = Vector256.Create(LeastOfFour);
        for (; utf8.Length >= BlockByteCount; utf8 = utf8[BlockByteCount..])
        {
            Vector256<byte> bytes = Vector256.Create(utf8);
            count += BitOperations.PopCount(Vector256.GreaterThan(bytes.AsSByte(), lastContinuation).ExtractMostSignificantBits());
            count += BitOperations.PopCount(Vector256.GreaterThanOrEqual(bytes, leastOfFour).ExtractMostSignificantBits());
        }
        return count;
    }
}
