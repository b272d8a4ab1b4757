using System.Buffers.Binary;

namespace Fixtures.Tests.Extraction;

public sealed class LzmaUnpackerTests : ExtractionTest
{
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(-100)]
    [InlineData(1 << 20)]
    public void A_stated_size_that_is_not_the_size_is_refused(int difference)
    {
        byte[] withMarker = [.. LzmaSamples.OfSmall];
        byte[] withoutMarker = Pack.LzmaOfKnownSize(Pack.Small);
        foreach (byte[] packed in new[] { withMarker, withoutMarker })
        {
            BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(5), Pack.Small.Length);
            Assert.Equal(Pack.Small, Unpack(packed, "lzma"));

            BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(5), Pack.Small.Length + difference);
            Refusal(packed, "lzma");
        }
    }

    [Fact]
    public void Data_without_marker_must_state_its_size()
    {
        byte[] packed = Pack.LzmaOfKnownSize(Pack.Small);
        packed.AsSpan(5, 8).Fill(0xFF);

        Assert.Contains("is truncated", Refusal(packed, "lzma"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dictionary_beyond_reason_is_refused_unless_the_size_shows_that_it_is_not_needed()
    {
        byte[] packed = [.. LzmaSamples.OfSmall];
        BinaryPrimitives.WriteUInt32LittleEndian(packed.AsSpan(1), 1u << 31);
        Assert.Contains("needs a dictionary of 2048 MiB", Refusal(packed, "lzma"), StringComparison.Ordinal);

        BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(5), Pack.Small.Length);
        Assert.Equal(Pack.Small, Unpack(packed, "lzma"));
    }

    // The format has no checksum, so that some bits cannot be told from other data that was packed: the first literal's, say.
    [Fact]
    public void Nearly_every_flipped_bit_is_refused_or_changes_nothing()
    {
        foreach (byte[] packed in new[] { LzmaSamples.OfSmall, Pack.LzmaOfKnownSize(Pack.Small) })
        {
            int changed = 0;
            for (int bit = 0; bit < packed.Length * 8; bit++)
            {
                byte[] damaged = [.. packed];
                damaged[bit / 8] ^= (byte)(1 << (bit % 8));
                try
                {
                    changed += Unpack(damaged, "lzma").AsSpan().SequenceEqual(Pack.Small) ? 0 : 1;
                }
                catch (FixtureException exception)
                {
                    Assert.Equal(FixtureStage.Decode, exception.Stage);
                }
            }
            Assert.InRange(changed, 0, packed.Length * 8 / 50);
        }
    }
}
