using Microsoft.EntityFrameworkCore;

namespace Recipes;

/// <summary>The samples' posts, as an application maps them.</summary>
public sealed class BlogContext(DbContextOptions<BlogContext> options) : DbContext(options)
{
    public DbSet<Post> Posts => Set<Post>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.Entity<Post>().ToTable("blog_post").Property(post => post.IsFeatured).HasColumnName("is_featured");
    }
}

/// <summary>A post.</summary>
public sealed class Post
{
    public long Id { get; set; }

    public string Title { get; set; } = "";

    public bool IsFeatured { get; set; }
}
