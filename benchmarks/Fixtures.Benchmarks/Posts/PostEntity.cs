using System.Data.Common;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

namespace Fixtures.Benchmarks.Posts;

/// <summary>A row of blog_post as an object, for libraries that want one. The day stays the text that it is stored as.</summary>
internal sealed class PostEntity
{
    public long Id { get; set; }

    public string Title { get; set; } = "";

    public string Slug { get; set; } = "";

    public string Body { get; set; } = "";

    public long Views { get; set; }

    public double Rating { get; set; }

    [JsonPropertyName("is_published")]
    public bool IsPublished { get; set; }

    public DateTime Created { get; set; }

    public string Day { get; set; } = "";
}

/// <summary>A record of a fixture: the key stands beside the fields.</summary>
internal sealed record PostRecord(long Pk, PostEntity Fields)
{
    public PostEntity ToEntity()
    {
        Fields.Id = Pk;
        return Fields;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PostRecord))]
internal sealed partial class PostJson : JsonSerializerContext;

/// <summary>blog_post on an open connection.</summary>
internal sealed class PostContext(DbConnection connection) : DbContext
{
    protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(connection);

    protected override void OnModelCreating(ModelBuilder model) => model.Entity<PostEntity>(post =>
    {
        post.ToTable("blog_post");
        post.Property(row => row.Id).HasColumnName("id").ValueGeneratedNever();
        post.Property(row => row.Title).HasColumnName("title");
        post.Property(row => row.Slug).HasColumnName("slug");
        post.Property(row => row.Body).HasColumnName("body");
        post.Property(row => row.Views).HasColumnName("views");
        post.Property(row => row.Rating).HasColumnName("rating");
        post.Property(row => row.IsPublished).HasColumnName("is_published");
        post.Property(row => row.Created).HasColumnName("created");
        post.Property(row => row.Day).HasColumnName("day");
    });
}
