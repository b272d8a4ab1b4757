namespace Fixtures.Tests.Extraction;

public sealed class Bzip2UnpackerTests : ExtractionTest
{
    [Fact]
    public void Many_streams_come_out_in_order()
    {
        byte[][] streams = [.. Enumerable.Range(0, 20).Select(i => Pack.Bzip2(i % 3 == 0 ? [] : [(byte)i]))];

        Assert.Equal([.. Enumerable.Range(0, 20).Where(i => i % 3 != 0).Select(i => (byte)i)], Unpack(Join(streams), "bz2"));
    }

    [Fact]
    public void Zeros_after_the_data_are_refused()
    {
        Assert.Contains("holds other bytes after", Refusal(Join(Pack.Bzip2(Pack.Small), [0]), "bz2"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_size_out_of_range_is_refused()
    {
        byte[] packed = Pack.Bzip2(Pack.Small);
        packed[3] = (byte)'0';

        Assert.Contains("is damaged: its block size", Refusal(packed, "bz2"), StringComparison.Ordinal);
    }
}
