using Fixtures.Extraction;

namespace Fixtures.Tests.Extraction;

/// <summary>A second thread unpacks the same bytes, and ends the same way.</summary>
public sealed class AheadUnpackerTests
{
    private const int Before = AheadUnpacker.BytesBeforeThread;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Before - 1)]
    [InlineData(Before)]
    [InlineData(Before + 1)]
    [InlineData(Before + 128 * 1024)]
    [InlineData(3 * Before + 12345)]
    public void It_gives_what_the_unpacker_gives(int byteCount)
    {
        byte[] bytes = new byte[byteCount];
        new Random(byteCount).NextBytes(bytes);
        using var ahead = new AheadUnpacker(new Chunks(bytes));

        Assert.Equal(bytes, ReadAll(ahead));
        Assert.Equal(0, ahead.Read(new byte[1]));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Before + 10)]
    [InlineData(2 * Before + 300_000)]
    public void An_error_comes_behind_the_bytes_before_it(int byteCount)
    {
        using var ahead = new AheadUnpacker(new Chunks(new byte[byteCount]) { Error = new PackedFileException("is wrong") });

        int given = 0;
        PackedFileException error = Assert.Throws<PackedFileException>(() =>
        {
            byte[] buffer = new byte[7777];
            for (int read; (read = ahead.Read(buffer)) > 0;)
                given += read;
        });

        Assert.Equal((byteCount, "is wrong"), (given, error.Message));
        Assert.Throws<PackedFileException>(() => ahead.Read(new byte[1]));
    }

    [Fact]
    public void A_small_file_is_unpacked_by_its_reader()
    {
        var chunks = new Chunks(new byte[Before]);
        using var ahead = new AheadUnpacker(chunks);
        ReadAll(ahead, Before);
        Assert.Equal([Environment.CurrentManagedThreadId], chunks.Threads);

        var more = new Chunks(new byte[2 * Before]);
        using var larger = new AheadUnpacker(more);
        ReadAll(larger);
        Assert.Equal(2, more.Threads.Count);
    }

    [Fact]
    public void It_may_be_disposed_anywhere_and_reads_no_further_than_its_buffers()
    {
        for (int bytesRead = Before; bytesRead < Before + 600_000; bytesRead += 100_000)
        {
            var chunks = new Chunks(new byte[20 * Before]);
            var ahead = new AheadUnpacker(chunks);
            ReadAll(ahead, bytesRead);
            ahead.Dispose();
            Assert.True(chunks.IsDisposed);
            Assert.InRange(chunks.ByteCount, bytesRead, bytesRead + (1 << 20));
        }
    }

    private static byte[] ReadAll(AheadUnpacker unpacker, int most = int.MaxValue)
    {
        var all = new MemoryStream();
        byte[] buffer = new byte[10_000];
        for (int read; all.Length < most && (read = unpacker.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, most - all.Length)))) > 0;)
            all.Write(buffer, 0, read);
        return all.ToArray();
    }

    /// <summary>Gives bytes in pieces of all sizes.</summary>
    private sealed class Chunks(byte[] bytes) : Unpacker
    {
        public Exception? Error { get; init; }

        public HashSet<int> Threads { get; } = [];

        public int ByteCount { get; private set; }

        public bool IsDisposed { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            Threads.Add(Environment.CurrentManagedThreadId);
            int count = Math.Min(Math.Min(buffer.Length, 1 + ByteCount * 31 % 20_000), bytes.Length - ByteCount);
            if (count == 0 && Error is not null)
                throw Error;
            bytes.AsSpan(ByteCount, count).CopyTo(buffer);
            ByteCount += count;
            return count;
        }

        public override void Dispose() => IsDisposed = true;
    }
}
