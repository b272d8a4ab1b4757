using SQLitePCL;

namespace Recipes;

/// <summary>In a program that has every database from the library, threads do not wait for each other's memory to be counted.</summary>
public sealed class ParallelTests
{
    [Fact]
    public void Memory_is_not_counted()
    {
        using TestDatabase db = FixtureLoader.Load("testdata");

        Assert.Equal(0, raw.sqlite3_memory_used());
    }
}
