using Fixtures.Extraction;

namespace Fixtures.Tests.Extraction;

public sealed class FixtureExtractorTests : ExtractionTest
{
    [Fact]
    public void A_plain_file_is_given_as_it_is_whatever_its_size()
    {
        Assert.Equal(Pack.Big, Unpack(Pack.Big, compression: null, maxUnpackedBytes: 10));
        Assert.Empty(Unpack([], compression: null));
    }

    [Fact]
    public void Two_readers_may_read_a_file_at_once()
    {
        using ExtractedStream first = Open(Pack.Small, compression: null);
        using ExtractedStream second = FixtureExtractor.Open(FileOf(PathOf(null), null), maxUnpackedBytes: 10);

        Assert.Equal('{', first.ReadByte());
        Assert.Equal('{', second.ReadByte());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gz")]
    public void The_bytes_read_of_the_file_are_counted(string? compression)
    {
        byte[] packed = compression == null ? Pack.Small : Pack.Gzip(Pack.Small);
        using ExtractedStream stream = Open(packed, compression);
        Assert.Equal(0, stream.FileBytesRead);

        stream.CopyTo(Stream.Null);

        Assert.Equal(packed.Length, stream.FileBytesRead);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("zip")]
    public void A_file_that_is_gone_is_an_error_of_resolving(string? compression)
    {
        string path = PathOf(compression);

        FixtureException exception = Assert.Throws<FixtureException>(() => FixtureExtractor.Open(FileOf(path, compression), 10));

        Assert.Equal(FixtureStage.Resolve, exception.Stage);
        Assert.Equal(path, exception.Errors[0].File);
        Assert.Equal($"'{path}' was found but is not there any more. Load again, or restore it.", exception.Errors[0].Message);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_file_cannot_be_read()
    {
        string path = Directory.CreateDirectory(PathOf(null)).FullName;

        FixtureException exception = Assert.Throws<FixtureException>(() => FixtureExtractor.Open(FileOf(path, null), 10));

        Assert.Equal(FixtureStage.Decode, exception.Stage);
        Assert.StartsWith($"'{path}' cannot be read: ", exception.Errors[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gz")]
    [InlineData("bz2")]
    [InlineData("xz")]
    [InlineData("lzma")]
    public void An_error_of_the_disk_names_the_file(string? compression)
    {
        // Reading address 0 fails with EIO, which is as near as one gets to a broken disk.
        const string Path = "/proc/self/mem";
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no file that fails to be read.");
        using ExtractedStream stream = FixtureExtractor.Open(FileOf(Path, compression), 10);

        FixtureException exception = Assert.Throws<FixtureException>(() => stream.ReadByte());

        Assert.Equal(FixtureStage.Decode, exception.Stage);
        Assert.Equal(Path, exception.Errors[0].File);
        Assert.StartsWith("'mem' cannot be read: ", exception.Errors[0].Message, StringComparison.Ordinal);
    }
}
