namespace Fixtures.Tests.Extraction;

public sealed class XzUnpackerTests : ExtractionTest
{
    [Fact]
    public void Streams_of_different_checks_come_out_in_order_with_padding_between_and_after()
    {
        byte[] packed = Join(XzSamples.Crc32, XzSamples.OfNothing, XzSamples.Sha256, new byte[4], XzSamples.OfOneBrace, new byte[200_000]);

        Assert.Equal(Join(Pack.Small, Pack.Small, [(byte)'{']), Unpack(packed, "xz"));
    }

    [Fact]
    public void Padding_that_is_no_multiple_of_four_is_refused()
    {
        Assert.Contains("holds other bytes after", Refusal(Join(XzSamples.Crc32, new byte[3]), "xz"), StringComparison.Ordinal);
        Assert.Contains("holds other bytes after", Refusal(Join(XzSamples.Crc32, new byte[2], XzSamples.Crc32), "xz"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_stream_that_is_cut_or_damaged_is_refused()
    {
        byte[] damaged = [.. XzSamples.Sha256];
        damaged[^50]++;

        Assert.Contains("is truncated", Refusal(Join(XzSamples.Crc32, XzSamples.Crc32[..^1]), "xz"), StringComparison.Ordinal);
        Assert.Contains("is damaged", Refusal(Join(XzSamples.Crc32, damaged), "xz"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_check_is_read()
    {
        Assert.Equal(Pack.Small, Unpack(XzSamples.Unchecked, "xz"));
    }

    [Fact]
    public void A_check_that_differs_is_refused()
    {
        byte[] crc32 = [.. XzSamples.Crc32];
        crc32[^28]++;

        Assert.Equal("'data.json.xz' is damaged: the checksum of a block differs. Restore it or pack it again.", Refusal(crc32, "xz"));
    }

    [Fact]
    public void Filters_and_dictionaries_that_are_not_supported_are_named()
    {
        Assert.Contains("uses a filter that is not supported", Refusal(XzSamples.Delta, "xz"), StringComparison.Ordinal);
        Assert.Contains("needs a dictionary of 1024 MiB", Refusal(XzSamples.OfLargeDictionary, "xz"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dictionary_need_not_be_larger_than_what_may_be_unpacked()
    {
        Assert.Equal(Pack.Small, Unpack(XzSamples.OfLargeDictionary, "xz", maxUnpackedBytes: 100_000));
    }
}
