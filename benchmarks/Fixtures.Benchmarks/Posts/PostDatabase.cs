using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Posts;

/// <summary>In-memory databases of posts.</summary>
internal static class PostDatabase
{
    /// <summary>Opens a new one with the empty table.</summary>
    public static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Post.Schema;
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Makes sure that exactly the first posts are stored, each value of the type that belongs there.</summary>
    public static void Check(SqliteConnection connection, int count)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT id, title, slug, body, views, rating, is_published, created, day FROM blog_post ORDER BY id";
        using SqliteDataReader reader = command.ExecuteReader();
        foreach (Post post in Post.First(count))
        {
            object[] stored = new object[Post.ColumnCount];
            object[] expected = [post.Id, post.Title, post.Slug, post.Body, post.Views, post.Rating, post.IsPublished ? 1L : 0L, post.CreatedStored, post.DayText];
            if (!reader.Read() || reader.GetValues(stored) != Post.ColumnCount || !stored.SequenceEqual(expected))
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Post {post.Id} is not stored as it should be."));
        }
        if (reader.Read())
            throw new InvalidOperationException("There are more posts than should be.");
    }
}
