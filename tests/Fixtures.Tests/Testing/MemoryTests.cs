using Fixtures.Testing;
using Fixtures.Tests.Conformance;

namespace Fixtures.Tests.Testing;

/// <summary>Looks at the memory of the whole process, so nothing else may run.</summary>
[Collection(nameof(OneAtATime))]
public sealed class MemoryTests
{
    private const int Clones = 10_000;

    // A clone has a megabyte, so that the first few hundred that stay show.
    private const long MostGrowth = 100 << 20;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Clones_that_were_disposed_take_no_memory(bool native)
    {
        using var source = new TestProject("CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(1000000));");
        Snapshot snapshot = SnapshotTests.Take(source.Connection, native);
        Use(snapshot, Clones / 10);
        long before = Environment.WorkingSet;

        Use(snapshot, Clones);

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, MostGrowth);
    }

    private static void Use(Snapshot snapshot, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using TestDatabase database = snapshot.Clone();
            using var other = database.OpenConnection();
            database.Reset();
        }
    }
}
