using Dapper;
using Fixtures.Testing;
using Microsoft.Data.Sqlite;

namespace Recipes;

public sealed class SnapshotTests
{
    [Fact]
    public void A_snapshot_is_cloned_and_restored()
    {
        using TestDatabase db = FixtureLoader.Load("testdata");
        SqliteConnection connection = db.Connection;

        Snapshot snapshot = Snapshot.Take(connection);
        using TestDatabase copy = snapshot.Clone();
        copy.Connection.Execute("DELETE FROM blog_comment");
        snapshot.RestoreTo(copy.Connection);

        const string Count = "SELECT count(*) FROM blog_comment";
        Assert.Equal(connection.ExecuteScalar<int>(Count), copy.Connection.ExecuteScalar<int>(Count));
    }
}
