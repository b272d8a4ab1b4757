using Fixtures.Extraction;

namespace Fixtures.Tests.Extraction;

public class CrcTests
{
    [Fact]
    public void The_digits_have_the_published_checks()
    {
        var crc32 = Crc.Create32();
        var crc64 = Crc.Create64();

        crc32.Add("123456789"u8);
        crc64.Add("123456789"u8);

        Assert.Equal(0xCBF43926u, crc32.Value);
        Assert.Equal(0x995DC9BBDF1939FAu, crc64.Value);
    }

    // Long pieces are folded by carry-less multiplication where the processor has it, short ones are looked up in tables.
    [Fact]
    public void Pieces_of_any_length_give_the_check_of_the_whole()
    {
        byte[] bytes = Pack.Big[..3000];
        for (int length = 1; length <= bytes.Length; length += 1 + length / 60)
        {
            Crc[] whole = [Crc.Create32(), Crc.Create64()];
            Crc[] pieces = [Crc.Create32(), Crc.Create64()];
            for (int i = 0; i < whole.Length; i++)
            {
                whole[i].Add(bytes);
                for (int start = 0; start < bytes.Length; start += length)
                    pieces[i].Add(bytes.AsSpan(start, Math.Min(length, bytes.Length - start)));

                Assert.Equal(whole[i].Value, pieces[i].Value);
            }
        }
    }
}
