using Fixtures.Saving;

namespace Fixtures.Tests.Saving;

public sealed class BatchQueueTests
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(30);

    [Fact]
    public void Batches_come_in_the_order_in_which_they_were_filled()
    {
        using var queue = new BatchQueue(mostParameters: 999);
        List<RowBatch> filled = [];
        var filling = new Thread(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                filled.Add(queue.NextToFill()!);
                queue.Filled();
            }
            queue.Complete();
        });
        filling.Start();

        List<RowBatch> written = [];
        while (queue.NextToWrite() is { } batch)
        {
            written.Add(batch);
            queue.Written();
        }

        Assert.True(filling.Join(LongEnough));
        Assert.Equal(10_000, written.Count);
        Assert.Equal(filled, written);
        Assert.InRange(written.Distinct().Count(), 2, 100);
    }

    [Fact]
    public void Whoever_fills_waits_for_a_batch_until_no_more_are_wanted()
    {
        using var queue = new BatchQueue(mostParameters: 999);
        int filled = 0;
        var filling = new Thread(() =>
        {
            while (queue.NextToFill() is not null)
            {
                queue.Filled();
                filled++;
            }
        });
        filling.Start();

        queue.NextToWrite();
        queue.Stop();

        Assert.True(filling.Join(LongEnough));
        Assert.InRange(filled, 1, 100);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(16)]
    public void Batches_that_come_after_all_were_written_are_written_too_however_few_they_are(int count)
    {
        using var queue = new BatchQueue(mostParameters: 999);
        int written = 0;
        var writing = new Thread(() =>
        {
            while (queue.NextToWrite() is not null)
            {
                queue.Written();
                Interlocked.Increment(ref written);
            }
        });
        writing.Start();
        queue.NextToFill();
        queue.Filled();
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref written) == 1, LongEnough));

        for (int i = 0; i < count; i++)
        {
            queue.NextToFill();
            queue.Filled();
        }
        queue.Complete();

        Assert.True(writing.Join(LongEnough));
        Assert.Equal(1 + count, written);
    }

    [Fact]
    public void An_empty_queue_that_is_complete_has_ended()
    {
        using var queue = new BatchQueue(mostParameters: 999);
        queue.NextToFill();
        queue.Filled();
        queue.Complete();

        Assert.NotNull(queue.NextToWrite());
        queue.Written();
        Assert.Null(queue.NextToWrite());
    }
}
