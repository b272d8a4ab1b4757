using Fixtures.Cli;
using Fixtures.Tests.Formats;

namespace Fixtures.Tests.Cli;

public sealed class StandardInputTests
{
    [Theory]
    [InlineData(1, 7)]
    [InlineData(1000, 300)]
    [InlineData(64 * 1024, 64 * 1024)]
    [InlineData(64 * 1024, 5000)]
    [InlineData(int.MaxValue, 100_000)]
    public void It_gives_what_it_reads_whatever_the_sizes(int bytesPerRead, int bytesPerGive)
    {
        byte[] bytes = [.. Enumerable.Range(0, bytesPerRead == 1 ? 500 : 300_000).Select(i => (byte)(i * 31 % 251))];
        using var input = new StandardInput(new TricklingStream(bytes, bytesPerRead), CancellationToken.None);
        using var given = new MemoryStream();
        input.CopyTo(given, bytesPerGive);

        Assert.Equal(bytes, given.ToArray());
        Assert.Equal(0, input.Read(new byte[1], 0, 1));
    }

    [Fact]
    public void Behind_what_someone_types_nothing_is_read_until_it_is_asked_for()
    {
        using var typed = new TricklingStream([.. "yes\nno\n"u8], 4);
        using var input = new StandardInput(typed, CancellationToken.None);

        Assert.Equal(4, input.Read(new byte[100], 0, 100));

        Assert.Equal(1, typed.ReadCount);
    }
}
