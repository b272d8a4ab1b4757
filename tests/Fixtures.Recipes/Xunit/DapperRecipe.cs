using Dapper;

namespace Recipes;

public sealed class DapperTests
{
    [Fact]
    public void Titles_of_featured_posts()
    {
        using TestDatabase db = FixtureLoader.Load("testdata");
        string[] titles = [.. db.Connection.Query<string>("SELECT title FROM blog_post WHERE is_featured ORDER BY id")];
        Assert.Contains("A baguette on a Tuesday", titles);
    }
}
