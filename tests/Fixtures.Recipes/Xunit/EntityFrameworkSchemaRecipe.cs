using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Recipes;

public sealed class EntityFrameworkSchemaTests
{
    private static readonly FixtureLoader Loader = new(new FixtureOptions { CreateSchema = CreateSchema });

    private static void CreateSchema(SqliteConnection connection)
    {
        using var blog = new BlogContext(new DbContextOptionsBuilder<BlogContext>().UseSqlite(connection).Options);
        blog.Database.EnsureCreated();
    }

    [Fact]
    public void The_schema_is_that_of_the_model()
    {
        using TestDatabase db = Loader.CreateDatabase(FixtureLabel.Beside("soups.json"));
        using SqliteCommand command = db.Connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM blog_post WHERE is_featured";
        Assert.Equal(1L, command.ExecuteScalar());
    }
}
