using Microsoft.EntityFrameworkCore;

namespace Recipes;

public sealed class EntityFrameworkTests
{
    [Fact]
    public void A_context_uses_the_open_connection()
    {
        using TestDatabase db = FixtureLoader.Load("testdata");
        using var blog = new BlogContext(new DbContextOptionsBuilder<BlogContext>().UseSqlite(db.Connection).Options);
        blog.Posts.First(post => !post.IsFeatured).IsFeatured = true;
        blog.SaveChanges();
        Assert.Equal(5, blog.Posts.Count(post => post.IsFeatured));
    }
}
