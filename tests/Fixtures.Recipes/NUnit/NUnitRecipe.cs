using Microsoft.Data.Sqlite;

namespace Recipes;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase), Parallelizable(ParallelScope.All)]
public sealed class PostTests : IDisposable
{
    private readonly TestDatabase _db = FixtureLoader.Load("testdata");

    public void Dispose() => _db.Dispose();

    [Test]
    public void A_post_can_be_featured()
    {
        using SqliteCommand command = _db.Connection.CreateCommand();
        command.CommandText = "UPDATE blog_post SET is_featured = 1 WHERE id = 1 RETURNING title";
        Assert.That(command.ExecuteScalar(), Is.Not.Null);
    }
}
