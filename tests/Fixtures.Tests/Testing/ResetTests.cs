using System.Globalization;
using Fixtures.Testing;
using Microsoft.Data.Sqlite;
using static Fixtures.Tests.Testing.SnapshotTests;

namespace Fixtures.Tests.Testing;

/// <summary>A reset test database is what it was, for all its connections, whatever was done to it; and none is reset that is in use.</summary>
public sealed class ResetTests : IDisposable
{
    private const string Schema = """
        CREATE TABLE post (id integer PRIMARY KEY AUTOINCREMENT, title text NOT NULL, parent_id integer REFERENCES post);
        CREATE INDEX post_title ON post (title);
        INSERT INTO post (title) VALUES ('one'), ('two');
        """;

    private readonly TestProject _source = new(Schema);

    public static TheoryData<bool> Ways => [true, false];

    public void Dispose() => _source.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public void All_connections_see_the_snapshot_again(bool native)
    {
        using TestDatabase database = Clone(native);
        using SqliteConnection other = database.OpenConnection();
        for (int round = 0; round < 3; round++)
        {
            TestProject.Run(other, "DELETE FROM post; INSERT INTO post (title) VALUES ('three')");
            Assert.Equal("3|three|NULL", Rows(database.Connection, "SELECT * FROM post"));

            database.Reset();

            Assert.Equal("1|one|NULL;2|two|NULL", Rows(database.Connection, "SELECT * FROM post"));
            Assert.Equal("1|one|NULL;2|two|NULL", Rows(other, "SELECT * FROM post"));
            Assert.Equal("2", Rows(other, "SELECT seq FROM sqlite_sequence"));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_schema_that_was_changed_comes_back_and_another_change_is_seen(bool native)
    {
        using TestDatabase database = Clone(native);
        using SqliteConnection other = database.OpenConnection();
        for (int round = 0; round < 3; round++)
        {
            // Another change each time, so that a connection which remembers the schema by a version that came before would notice nothing.
            TestProject.Run(database.Connection, $"CREATE TABLE t{round} (a); INSERT INTO t{round} VALUES (1); DROP TABLE post");
            Assert.Equal("1", Rows(other, $"SELECT * FROM t{round}"));

            database.Reset();

            Assert.Equal("2", Rows(other, "SELECT count(*) FROM post"));
            Assert.Throws<SqliteException>(() => Rows(other, $"SELECT * FROM t{round}"));
            Assert.Throws<SqliteException>(() => Rows(database.Connection, $"SELECT * FROM t{round}"));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_belongs_to_the_connection_stays(bool native)
    {
        using TestDatabase database = Clone(native);
        database.Connection.CreateFunction("twice", (long number) => 2 * number);
        database.Connection.CreateCollation("backwards", (left, right) => string.CompareOrdinal(right, left));
        TestProject.Run(database.Connection, "ATTACH ':memory:' AS side; CREATE TABLE side.t (a); INSERT INTO side.t VALUES (5); CREATE TEMP TABLE scratch (a); PRAGMA cache_size = 123; PRAGMA synchronous = OFF");
        using SqliteCommand prepared = database.Connection.CreateCommand();
        prepared.CommandText = "SELECT count(*) FROM post";
        prepared.Prepare();
        TestProject.Run(database.Connection, "DELETE FROM post");

        database.Reset();

        Assert.Equal(2L, prepared.ExecuteScalar());
        Assert.Equal("10|123|0", Rows(database.Connection, "SELECT twice(a), (SELECT cache_size FROM pragma_cache_size), (SELECT synchronous FROM pragma_synchronous) FROM side.t"));
        Assert.Equal("two;one", Rows(database.Connection, "SELECT title FROM post ORDER BY title COLLATE backwards"));
        Assert.Equal("0", Rows(database.Connection, "SELECT count(*) FROM scratch"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_the_database_itself_holds_comes_back(bool native)
    {
        using TestDatabase database = Clone(native);
        TestProject.Run(database.Connection, "PRAGMA user_version = 9; PRAGMA application_id = 9");

        database.Reset();

        Assert.Equal("0|0", Rows(database.Connection, "SELECT user_version, (SELECT application_id FROM pragma_application_id) FROM pragma_user_version"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_database_in_use_is_not_reset(bool native)
    {
        using TestDatabase database = Clone(native);
        using SqliteConnection other = database.OpenConnection();
        TestProject.Run(database.Connection, "INSERT INTO post (title) VALUES ('three')");

        foreach (SqliteConnection user in (SqliteConnection[])[database.Connection, other])
        {
            using (SqliteTransaction transaction = user.BeginTransaction(deferred: false))
                AssertInUse(database);
            using SqliteCommand command = user.CreateCommand();
            command.CommandText = "SELECT title FROM post ORDER BY id";
            using SqliteDataReader reader = command.ExecuteReader();
            Assert.True(reader.Read());
            AssertInUse(database);
            Assert.True(reader.Read() && reader.Read());
            Assert.Equal("three", reader.GetString(0));
        }

        database.Reset();
        Assert.Equal("2", Rows(other, "SELECT count(*) FROM post"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_connection_that_locks_for_good_sees_the_reset_too(bool native)
    {
        using TestDatabase database = Clone(native);
        TestProject.Run(database.Connection, "PRAGMA locking_mode = EXCLUSIVE; DELETE FROM post");

        database.Reset();

        Assert.Equal("2", Rows(database.Connection, "SELECT count(*) FROM post"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_closed_connection_is_told_of(bool native)
    {
        using TestDatabase database = Clone(native);
        database.Connection.Close();

        Assert.Contains("was closed", Assert.Throws<InvalidOperationException>(database.Reset).Message, StringComparison.Ordinal);
        Assert.Contains("was closed", Assert.Throws<InvalidOperationException>(() => database.OpenConnection()).Message, StringComparison.Ordinal);
        database.Connection.Open();
        Assert.Contains("was closed", Assert.Throws<InvalidOperationException>(database.Reset).Message, StringComparison.Ordinal);
    }

    /// <summary>Whatever two connections do, with growing, shrinking and changing schemas: after a reset every byte is right.</summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Nothing_of_what_was_done_is_left(bool native)
    {
        string expected = Dump(_source.Connection);
        using TestDatabase database = Clone(native);
        using SqliteConnection other = database.OpenConnection();
        var random = new Random(20485);
        string[] changes =
        [
            "INSERT INTO post (title) VALUES (hex(randomblob(500)))",
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO post (title) SELECT hex(randomblob(200)) FROM n",
            "DELETE FROM post WHERE id % 2",
            "CREATE TABLE IF NOT EXISTS extra (a)",
            "DROP TABLE IF EXISTS extra",
            "DROP INDEX IF EXISTS post_title",
            "VACUUM",
            "UPDATE post SET title = title || 'x'",
            "SELECT count(*) FROM post",
            "BEGIN; DELETE FROM post; ROLLBACK",
        ];

        for (int round = 0; round < 60; round++)
        {
            for (int change = random.Next(6); change > 0; change--)
                TestProject.Run(random.Next(2) == 0 ? database.Connection : other, changes[random.Next(changes.Length)]);

            database.Reset();

            SqliteConnection reader = random.Next(2) == 0 ? database.Connection : other;
            Assert.Equal(expected, Dump(reader));
            Assert.Equal("ok", Rows(reader, "PRAGMA integrity_check"));
        }
    }

    private TestDatabase Clone(bool native) => Take(_source.Connection, native).Clone();

    private static void AssertInUse(TestDatabase database) =>
        Assert.Contains("in use", Assert.Throws<InvalidOperationException>(database.Reset).Message, StringComparison.Ordinal);

    private static string Dump(SqliteConnection connection) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Rows(connection, "SELECT type, name, rootpage, sql FROM sqlite_schema")}\n{Rows(connection, "SELECT * FROM post")}\n{Rows(connection, "SELECT * FROM sqlite_sequence")}\n{Rows(connection, "PRAGMA page_count")}");
}
