using System.IO.Compression;

namespace Fixtures.Tests.Extraction;

public sealed class GzipUnpackerTests : ExtractionTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(300_000)]
    public void Zeros_after_the_last_member_are_padding(int byteCount)
    {
        Assert.Equal(Pack.Small, Unpack(Join(Pack.Gzip(Pack.Small), new byte[byteCount]), "gz"));
        Assert.Empty(Unpack(Join(Pack.GzipOfNothing, new byte[byteCount]), "gz"));
    }

    [Fact]
    public void Zeros_between_members_are_refused()
    {
        Assert.Contains("holds other bytes after", Refusal(Join(Pack.Gzip(Pack.Small), [0], Pack.Gzip(Pack.Small)), "gz"), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_runs_of_packed_zeros_come_out()
    {
        byte[] zeros = Join(Pack.Small, new byte[300_000], Pack.Small, new byte[200_000]);
        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
            stream.Write(zeros);

        Assert.Equal(zeros, Unpack(packed.ToArray(), "gz"));
        Assert.Contains("is truncated", Refusal(packed.ToArray()[..^200_010], "gz"), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_members_come_out_in_order()
    {
        byte[][] members = [.. Enumerable.Range(0, 3000).Select(i => i % 3 == 0 ? Pack.GzipOfNothing : Pack.Gzip([(byte)i, (byte)(i >> 8)]))];
        byte[] plain = [.. Enumerable.Range(0, 3000).Where(i => i % 3 != 0).SelectMany(i => new[] { (byte)i, (byte)(i >> 8) })];

        Assert.Equal(plain, Unpack(Join(members), "gz"));
    }

    [Fact]
    public void Name_comment_and_extra_field_of_a_header_are_passed_over()
    {
        byte[] packed = Pack.Gzip(Pack.Small);
        packed[3] = 0b1_1100;
        byte[] withFields = Join(packed[..10], [3, 0, 1, 2, 3], [.. "tags.json\0"u8], [.. "by hand\0"u8], packed[10..]);

        Assert.Equal(Pack.Small, Unpack(withFields, "gz"));
        Assert.Contains("is truncated", Refusal(withFields[..20], "gz"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(4)]
    public void A_checksum_or_length_that_differs_is_refused_in_any_member(int fromEnd)
    {
        byte[] sound = Pack.Gzip(Pack.Small);
        byte[] damaged = Pack.Gzip(Pack.Small);
        damaged[^fromEnd]++;

        Assert.Contains("is damaged", Refusal(Join(sound, damaged), "gz"), StringComparison.Ordinal);
        Assert.Contains("is damaged", Refusal(Join(damaged, sound), "gz"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_bytes_is_truncated()
    {
        Assert.Equal("'data.json.gz' is truncated: the file ends inside the packed data. Restore it or pack it again.", Refusal([], "gz"));
    }
}
