using System.Text;
using SQLitePCL;

namespace Fixtures.Benchmarks.Posts;

/// <summary>Posts with their values at hand, and the least that .NET code has to do to insert them: one prepared statement through SQLitePCLRaw.</summary>
internal sealed class BarePosts(int count)
{
    private readonly BarePost[] _posts = [.. Post.First(count).Select(post => new BarePost(post))];

    /// <summary>Runs a statement of <see cref="Post.Insert"/>'s parameters for each post, in one transaction.</summary>
    /// <param name="database">The connection.</param>
    /// <param name="insert">The statement.</param>
    /// <param name="before">SQL that the transaction begins with.</param>
    /// <param name="after">SQL that it ends with.</param>
    public void Insert(sqlite3 database, sqlite3_stmt insert, string before = "", string after = "")
    {
        Check(raw.sqlite3_exec(database, "BEGIN IMMEDIATE"));
        Check(raw.sqlite3_exec(database, before));
        foreach (BarePost post in _posts)
        {
            raw.sqlite3_bind_int64(insert, 1, post.Id);
            raw.sqlite3_bind_text(insert, 2, post.Title);
            raw.sqlite3_bind_text(insert, 3, post.Slug);
            raw.sqlite3_bind_text(insert, 4, post.Body);
            raw.sqlite3_bind_int64(insert, 5, post.Views);
            raw.sqlite3_bind_double(insert, 6, post.Rating);
            raw.sqlite3_bind_int64(insert, 7, post.IsPublished);
            raw.sqlite3_bind_text(insert, 8, post.Created);
            raw.sqlite3_bind_text(insert, 9, post.Day);
            raw.sqlite3_step(insert);
            Check(raw.sqlite3_reset(insert));
        }
        Check(raw.sqlite3_exec(database, after));
        Check(raw.sqlite3_exec(database, "COMMIT"));
    }

    public static sqlite3_stmt Prepare(sqlite3 database, string sql)
    {
        Check(raw.sqlite3_prepare_v2(database, sql, out sqlite3_stmt statement));
        return statement;
    }

    private static void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new InvalidOperationException($"SQLite gave {result}.");
    }

    private sealed class BarePost(Post post)
    {
        public long Id { get; } = post.Id;

        public byte[] Title { get; } = Encoding.UTF8.GetBytes(post.Title);

        public byte[] Slug { get; } = Encoding.UTF8.GetBytes(post.Slug);

        public byte[] Body { get; } = Encoding.UTF8.GetBytes(post.Body);

        public long Views { get; } = post.Views;

        public double Rating { get; } = post.Rating;

        public long IsPublished { get; } = post.IsPublished ? 1 : 0;

        public byte[] Created { get; } = Encoding.UTF8.GetBytes(post.CreatedStored);

        public byte[] Day { get; } = Encoding.UTF8.GetBytes(post.DayText);
    }
}
