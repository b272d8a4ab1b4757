using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Suites;

/// <summary>A test class that works on posts as tests do: it adds some, changes and reads them, checks what it reads, and leaves the table as it was.</summary>
internal sealed class PostTestClass(int number)
{
    public const int Tests = 10;

    private const int Posts = 20;
    private const int Base = 1_000_000;

    public string Label { get; } = string.Create(CultureInfo.InvariantCulture, $"class {number}");

    /// <returns>How many tests ran.</returns>
    public int Run(SqliteConnection connection)
    {
        for (int test = 0; test < Tests; test++)
            RunTest(connection, Base + (number * Tests + test) * Posts);
        return Tests;
    }

    private static void RunTest(SqliteConnection connection, int firstId)
    {
        using (SqliteTransaction transaction = connection.BeginTransaction())
        {
            using SqliteCommand insert = Command(
                connection,
                """
                INSERT INTO blog_post (id, title, slug, body, views, rating, is_published, created, day)
                SELECT $id, title, slug, body, 0, rating, 1, created, day FROM blog_post WHERE id = $from
                """);
            insert.Transaction = transaction;
            SqliteParameter id = insert.Parameters.Add("$id", SqliteType.Integer);
            SqliteParameter from = insert.Parameters.Add("$from", SqliteType.Integer);
            for (int i = 0; i < Posts; i++)
            {
                id.Value = firstId + i;
                from.Value = 1 + i;
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
        }

        for (int i = 0; i < Posts; i++)
        {
            using SqliteCommand update = Command(connection, "UPDATE blog_post SET views = views + $by WHERE id = $id", firstId + i);
            update.Parameters.AddWithValue("$by", i);
            update.ExecuteNonQuery();
            using SqliteCommand select = Command(connection, "SELECT title, views FROM blog_post WHERE id = $id", firstId + i);
            using SqliteDataReader reader = select.ExecuteReader();
            if (!reader.Read() || reader.GetString(0).Length == 0 || reader.GetInt32(1) != i)
                throw new InvalidOperationException($"Post {firstId + i} is not what it should be.");
        }

        using SqliteCommand delete = Command(connection, "DELETE FROM blog_post WHERE id >= $id AND id < $id + 20", firstId);
        if (delete.ExecuteNonQuery() != Posts)
            throw new InvalidOperationException("Other posts than this test's are there.");
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, int? id = null)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        if (id is not null)
            command.Parameters.AddWithValue("$id", id);
        return command;
    }
}
