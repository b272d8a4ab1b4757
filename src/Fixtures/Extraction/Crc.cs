using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fixtures.Extraction;

/// <summary>
/// A running cyclic redundancy check, reflected, that starts and ends inverted: CRC-32 (zip, xz) or CRC-64 (xz).
/// ZipArchive unpacks about as fast as a table-driven CRC-32 checks, so that tables alone would nearly halve the speed of zip files.
/// </summary>
internal sealed class Crc
{
    private const int TableLength = 256;
    private const int TableCount = sizeof(ulong);
    private const int BlockByteCount = 16;
    private const int LaneCount = 4;

    private static readonly Polynomial Polynomial32 = new(0xEDB88320, 32);
    private static readonly Polynomial Polynomial64 = new(0xC96C5795D7870F42, 64);

    private readonly Polynomial _polynomial;
    private ulong _remainder;

    private Crc(Polynomial polynomial)
    {
        _polynomial = polynomial;
        _remainder = polynomial.Ones;
    }

    /// <summary>The check of all bytes added so far.</summary>
    public ulong Value => _remainder ^ _polynomial.Ones;

    /// <summary>CRC-32 as in zip: 0xCBF43926 for the digits 1 to 9.</summary>
    public static Crc Create32() => new(Polynomial32);

    /// <summary>CRC-64 as in xz: 0x995DC9BBDF1939FA for the digits 1 to 9.</summary>
    public static Crc Create64() => new(Polynomial64);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (Pclmulqdq.IsSupported && bytes.Length >= LaneCount * BlockByteCount)
        {
            ReadOnlySpan<Vector128<ulong>> blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
            Span<byte> folded = stackalloc byte[BlockByteCount];
            Fold(blocks).AsByte().CopyTo(folded);
            _remainder = Divide(0, folded);
            bytes = bytes[(blocks.Length * BlockByteCount)..];
        }
        _remainder = Divide(_remainder, bytes);
    }

    // Shrinks the bytes to 16 that leave the same remainder: a block moved forward by d bits is the block times x^d modulo the polynomial.
    // V. Gopal et al., "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction", Intel 2009.
    private Vector128<ulong> Fold(ReadOnlySpan<Vector128<ulong>> blocks)
    {
        Vector128<ulong> four = _polynomial.FourBlocks;
        Vector128<ulong> one = _polynomial.OneBlock;
        Vector128<ulong> a = blocks[0] ^ Vector128.CreateScalar(_remainder);
        Vector128<ulong> b = blocks[1];
        Vector128<ulong> c = blocks[2];
        Vector128<ulong> d = blocks[3];
        blocks = blocks[LaneCount..];
        while (blocks.Length >= LaneCount)
        {
            a = Move(a, four) ^ blocks[0];
            b = Move(b, four) ^ blocks[1];
            c = Move(c, four) ^ blocks[2];
            d = Move(d, four) ^ blocks[3];
            blocks = blocks[LaneCount..];
        }
        a = Move(Move(Move(a, one) ^ b, one) ^ c, one) ^ d;
        foreach (Vector128<ulong> block in blocks)
            a = Move(a, one) ^ block;
        return a;
    }

    private static Vector128<ulong> Move(Vector128<ulong> block, Vector128<ulong> distance) =>
        Pclmulqdq.CarrylessMultiply(block, distance, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, distance, 0x11);

    // Eight bytes a step, each with a table of its own.
    private ulong Divide(ulong remainder, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> tables = _polynomial.Tables;
        while (bytes.Length >= TableCount)
        {
            ulong step = remainder ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            remainder = 0;
            for (int table = TableCount - 1; table >= 0; table--)
            {
                remainder ^= tables[table * TableLength + (byte)step];
                step >>= 8;
            }
            bytes = bytes[TableCount..];
        }
        foreach (byte value in bytes)
            remainder = tables[(byte)(remainder ^ value)] ^ (remainder >> 8);
        return remainder;
    }

    private sealed class Polynomial
    {
        private readonly ulong _reflected;
        private readonly int _degree;

        public Polynomial(ulong reflected, int degree)
        {
            _reflected = reflected;
            _degree = degree;
            Ones = ulong.MaxValue >> (64 - degree);
            OneBlock = Distance(8 * BlockByteCount);
            FourBlocks = Distance(8 * BlockByteCount * LaneCount);
            for (int i = 0; i < TableLength; i++)
                Tables[i] = TimesX((ulong)i, 8);
            for (int i = TableLength; i < Tables.Length; i++)
            {
                ulong previous = Tables[i - TableLength];
                Tables[i] = (previous >> 8) ^ Tables[(byte)previous];
            }
        }

        public ulong Ones { get; }

        public ulong[] Tables { get; } = new ulong[TableCount * TableLength];

        public Vector128<ulong> OneBlock { get; }

        public Vector128<ulong> FourBlocks { get; }

        // A carry-less product of reflected numbers is one power of x short of the product, hence the - 1.
        private Vector128<ulong> Distance(int bitCount) => Vector128.Create(Power(bitCount + 64 - 1), Power(bitCount - 1));

        private ulong Power(int exponent) => TimesX(1UL << (_degree - 1), exponent) << (64 - _degree);

        private ulong TimesX(ulong value, int times)
        {
            for (; times > 0; times--)
                value = (value & 1) != 0 ? (value >> 1) ^ _reflected : value >> 1;
            return value;
        }
    }
}
