using System.IO.Compression;
using Fixtures.Extraction;

namespace Fixtures.Tests.Extraction;

/// <summary>What holds for every compression, and for every way in which its files are written.</summary>
public sealed class EveryCompressionTests : ExtractionTest
{
    private static readonly Dictionary<string, byte[]> SmallFiles = new()
    {
        ["gz"] = Pack.Gzip(Pack.Small),
        ["gz, two members"] = Join(Pack.Gzip(Pack.Small.AsSpan(..50)), Pack.Gzip(Pack.Small.AsSpan(50..))),
        ["bz2"] = Pack.Bzip2(Pack.Small),
        ["bz2, two streams"] = Join(Pack.Bzip2(Pack.Small[..50]), Pack.Bzip2(Pack.Small[50..])),
        ["zip"] = Pack.Zip(Pack.Small),
        ["zip, stored"] = Pack.Zip(Pack.Small, CompressionLevel.NoCompression),
        ["xz"] = XzSamples.Crc64,
        ["xz, crc32"] = XzSamples.Crc32,
        ["xz, sha256"] = XzSamples.Sha256,
        ["xz, two blocks"] = XzSamples.OfTwoBlocks,
        ["xz, stated sizes"] = XzSamples.OfStatedSizes,
        ["lzma"] = LzmaSamples.OfSmall,
        ["lzma, known size"] = Pack.LzmaOfKnownSize(Pack.Small),
    };

    private static readonly Dictionary<string, (byte[] Packed, byte[] Plain)> OtherSizes = new()
    {
        ["gz, nothing"] = (Pack.GzipOfNothing, []),
        ["gz, a byte"] = (Pack.Gzip("{"u8), [(byte)'{']),
        ["gz, big"] = (Pack.Gzip(Pack.Big), Pack.Big),
        ["bz2, nothing"] = (Pack.Bzip2([]), []),
        ["bz2, a byte"] = (Pack.Bzip2([(byte)'{']), [(byte)'{']),
        ["bz2, big"] = (Pack.Bzip2(Pack.Big), Pack.Big),
        ["zip, nothing"] = (Pack.Zip([]), []),
        ["zip, a byte"] = (Pack.Zip([(byte)'{']), [(byte)'{']),
        ["zip, big"] = (Pack.Zip(Pack.Big), Pack.Big),
        ["zip, big, stored"] = (Pack.Zip(Pack.Big, CompressionLevel.NoCompression), Pack.Big),
        ["xz, nothing"] = (XzSamples.OfNothing, []),
        ["xz, a byte"] = (XzSamples.OfOneBrace, [(byte)'{']),
        ["xz, big"] = (XzSamples.OfBig, Pack.Big),
        ["lzma, nothing"] = (LzmaSamples.OfNothing, []),
        ["lzma, a byte"] = (LzmaSamples.OfOneBrace, [(byte)'{']),
        ["lzma, known size, nothing"] = (Pack.LzmaOfKnownSize([]), []),
        ["lzma, known size, a byte"] = (Pack.LzmaOfKnownSize([(byte)'{']), [(byte)'{']),
        ["lzma, known size, big"] = (Pack.LzmaOfKnownSize(Pack.Big), Pack.Big),
    };

    public static TheoryData<string> SmallNames => [.. SmallFiles.Keys];

    // .lzma has no checksum: see LzmaUnpackerTests.
    public static TheoryData<string> CheckedNames => [.. SmallFiles.Keys.Where(name => Compression(name) != "lzma")];

    public static TheoryData<string> OtherNames => [.. OtherSizes.Keys];

    public static TheoryData<string> Compressions => [.. FixtureFile.Compressions];

    [Theory]
    [MemberData(nameof(SmallNames))]
    public void The_packed_bytes_come_out(string name)
    {
        Assert.Equal(Pack.Small, Unpack(SmallFiles[name], Compression(name)));
    }

    [Theory]
    [MemberData(nameof(SmallNames))]
    public void The_packed_bytes_come_out_one_by_one(string name)
    {
        Assert.Equal(Pack.Small, Unpack(SmallFiles[name], Compression(name), bufferByteCount: 1));
    }

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void Nothing_one_byte_and_more_than_a_megabyte_come_out(string name)
    {
        (byte[] packed, byte[] plain) = OtherSizes[name];

        Assert.Equal(plain, Unpack(packed, Compression(name)));
        Assert.Equal(plain, Unpack(packed, Compression(name), bufferByteCount: 4_099));
    }

    [Theory]
    [MemberData(nameof(SmallNames))]
    public void A_file_cut_anywhere_is_refused(string name)
    {
        byte[] packed = SmallFiles[name];
        for (int length = 0; length < packed.Length; length++)
        {
            // What is left after a cut between two members or streams is a file like any other.
            if (name.Contains(", two ", StringComparison.Ordinal) && length == FirstMemberLength(name))
                Assert.Equal(Pack.Small[..50], Unpack(packed[..length], Compression(name)));
            else
                Assert.Contains("is truncated", Refusal(packed[..length], Compression(name)), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(CheckedNames))]
    public void A_flipped_bit_is_refused_or_changes_nothing(string name)
    {
        byte[] packed = SmallFiles[name];
        int refused = 0;
        for (int bit = 0; bit < packed.Length * 8; bit++)
        {
            byte[] damaged = [.. packed];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.Equal(Pack.Small, Unpack(damaged, Compression(name)));
            }
            catch (FixtureException exception)
            {
                Assert.Equal(FixtureStage.Decode, exception.Stage);
                refused++;
            }
        }
        // The rest are bits that say nothing of the data, such as a time or a name.
        Assert.InRange(refused, packed.Length * 8 / 3, packed.Length * 8);
    }

    [Theory]
    [MemberData(nameof(SmallNames))]
    public void Bytes_after_the_data_are_refused(string name)
    {
        byte[] packed = SmallFiles[name];

        Assert.Contains("holds other bytes after the packed data", Refusal(Join(packed, "x"u8.ToArray()), Compression(name)), StringComparison.Ordinal);
        Assert.Contains("holds other bytes after the packed data", Refusal(Join(packed, Pack.Big), Compression(name)), StringComparison.Ordinal);
        Assert.Contains("holds other bytes after the packed data", Refusal(Join(packed, [0, 0, 0, 0, 1, 0]), Compression(name)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void A_plain_file_is_not_taken_for_a_packed_one(string compression)
    {
        string message = Refusal([.. "[{\"model\": \"blog.tag\", \"pk\": 1, \"fields\": {}}]"u8], compression);

        Assert.StartsWith($"'data.json.{compression}' is not a", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Random_bytes_are_refused(string compression)
    {
        var random = new Random(1);
        for (int length = 1; length < 200; length++)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            Refusal(bytes, compression);
        }
    }

    [Theory]
    [MemberData(nameof(SmallNames))]
    public void The_limit_itself_is_allowed_and_one_byte_more_refused(string name)
    {
        byte[] packed = SmallFiles[name];

        Assert.Equal(Pack.Small, Unpack(packed, Compression(name), Pack.Small.Length));
        Assert.Equal(
            $"'data.json.{Compression(name)}' unpacks to more than {Pack.Small.Length - 1} bytes, the limit set by the option 'MaxUnpackedBytes'. Raise it if the file is meant to be that large.",
            Refusal(packed, Compression(name), Pack.Small.Length - 1));
    }

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void No_byte_past_the_limit_is_given(string name)
    {
        (byte[] packed, byte[] plain) = OtherSizes[name];
        using ExtractedStream stream = Open(packed, Compression(name), maxUnpackedBytes: 1000);
        byte[] buffer = new byte[64 << 10];

        int given = 0;
        try
        {
            while (stream.Read(buffer.AsSpan(given)) is int byteCount and > 0)
                given += byteCount;
        }
        catch (FixtureException)
        {
            Assert.True(plain.Length > 1000);
        }

        Assert.InRange(given, 0, 1000);
        Assert.Equal(plain[..given], buffer[..given]);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void An_error_is_final(string compression)
    {
        byte[] packed = SmallFiles[compression];
        using ExtractedStream stream = Open(packed[..^5], compression);

        FixtureException first = Assert.Throws<FixtureException>(() => stream.CopyTo(Stream.Null));
        FixtureException second = Assert.Throws<FixtureException>(() => stream.ReadByte());

        Assert.Same(first, second);
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Disposing_closes_the_file(string compression)
    {
        ExtractedStream stream = Open(SmallFiles[compression], compression);
        stream.ReadByte();
        Assert.Throws<IOException>(() => OpenForWriting(compression));

        stream.Dispose();

        OpenForWriting(compression);
    }

    private void OpenForWriting(string compression)
    {
        using var file = new FileStream(PathOf(compression), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    private static string Compression(string name) => name.Split(',')[0];

    private static int FirstMemberLength(string name) => name switch
    {
        "gz, two members" => Pack.Gzip(Pack.Small.AsSpan(..50)).Length,
        "bz2, two streams" => Pack.Bzip2(Pack.Small[..50]).Length,
        _ => -1,
    };
}
