using Fixtures.Testing;
using Microsoft.Data.Sqlite;

namespace Recipes;

public sealed class Databases : IDisposable
{
    private readonly TestDatabasePool _pool = new(FixtureLoader.Default, ["testdata"]);

    public TestDatabase Rent() => _pool.Rent(TestContext.Current.CancellationToken);

    public void Dispose() => _pool.Dispose();
}

public sealed class PooledTests(Databases databases) : IClassFixture<Databases>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Each_case_has_all_comments(int time)
    {
        using TestDatabase db = databases.Rent();
        using SqliteCommand command = db.Connection.CreateCommand();
        command.CommandText = "DELETE FROM blog_comment";
        Assert.True(command.ExecuteNonQuery() > 0, $"time {time}");
    }
}
