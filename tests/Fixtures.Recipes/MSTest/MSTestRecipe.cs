using Microsoft.Data.Sqlite;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

namespace Recipes;

[TestClass]
public sealed class PostTests : IDisposable
{
    private readonly TestDatabase _db = FixtureLoader.Load("testdata");

    public void Dispose() => _db.Dispose();

    [TestMethod]
    public void A_post_can_be_featured()
    {
        using SqliteCommand command = _db.Connection.CreateCommand();
        command.CommandText = "UPDATE blog_post SET is_featured = 1 WHERE id = 1 RETURNING title";
        Assert.IsNotNull(command.ExecuteScalar());
    }
}
