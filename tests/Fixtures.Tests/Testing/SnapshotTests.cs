using Fixtures.Testing;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Testing;

/// <summary>Taking, cloning and restoring, both with pages written under the connection and with SQLite's backup alone.</summary>
public sealed class SnapshotTests
{
    private const string Schema = "CREATE TABLE post (id integer PRIMARY KEY AUTOINCREMENT, title text NOT NULL); CREATE INDEX post_title ON post (title); INSERT INTO post (title) VALUES ('one'), ('two');";

    public static TheoryData<bool> Ways => [true, false];

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_clone_holds_what_the_database_held(bool native)
    {
        using var source = new TestProject(Schema + "PRAGMA user_version = 7;");
        Snapshot snapshot = Take(source.Connection, native);
        source.Run("DELETE FROM post");

        using TestDatabase clone = snapshot.Clone();

        Assert.Equal("1|one;2|two", Rows(clone.Connection, "SELECT * FROM post"));
        Assert.Equal("7", Rows(clone.Connection, "PRAGMA user_version"));
        Assert.Equal("ok", Rows(clone.Connection, "PRAGMA integrity_check"));
        Assert.Equal("1", Rows(clone.Connection, "PRAGMA foreign_keys"));
        Assert.Equal("3", Rows(clone.Connection, "INSERT INTO post (title) VALUES ('three') RETURNING id"));
    }

    [Fact]
    public void What_is_being_written_or_no_database_gives_no_snapshot()
    {
        using var source = new TestProject(Schema);
        using TestDatabase database = Snapshot.Take(source.Connection).Clone();
        using SqliteConnection other = database.OpenConnection();
        TestProject.Run(other, "BEGIN IMMEDIATE; DELETE FROM post");
        database.Connection.DefaultTimeout = 1;
        Assert.Equal(FixtureStage.Database, Assert.Throws<FixtureException>(() => Snapshot.Take(database.Connection)).Stage);
        TestProject.Run(other, "ROLLBACK");
        Assert.True(Snapshot.Take(database.Connection).ByteCount > 0);

        source.Write("text.db", new string('x', 10_000));
        using SqliteConnection text = TestProject.Open($"Data Source={source.At("text.db")};Pooling=False");
        Assert.Contains("not a database", Assert.Throws<FixtureException>(() => Snapshot.Take(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_database_cannot_become_is_refused()
    {
        using var source = new TestProject("PRAGMA encoding = 'UTF-16le';" + Schema);
        using var target = new TestProject("CREATE TABLE t (a); INSERT INTO t VALUES ('kept')");
        Assert.Contains("UTF-16le", Assert.Throws<InvalidOperationException>(() => Snapshot.Take(source.Connection).RestoreTo(target.Connection)).Message, StringComparison.Ordinal);
        Assert.Equal("kept", target.Rows("SELECT a FROM t"));

        using var small = new TestProject("PRAGMA page_size = 512;" + Schema);
        Assert.Contains("512", Assert.Throws<InvalidOperationException>(() => Snapshot.Take(small.Connection).RestoreTo(target.Connection)).Message, StringComparison.Ordinal);
        Assert.Equal("kept", target.Rows("SELECT a FROM t"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Clones_know_nothing_of_each_other(bool native)
    {
        using var source = new TestProject(Schema);
        Snapshot snapshot = Take(source.Connection, native);
        using TestDatabase one = snapshot.Clone();
        using TestDatabase two = snapshot.Clone();

        TestProject.Run(one.Connection, "DROP TABLE post");

        Assert.Equal("2", Rows(two.Connection, "SELECT count(*) FROM post"));
        using TestDatabase three = snapshot.Clone();
        Assert.Equal("2", Rows(three.Connection, "SELECT count(*) FROM post"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_empty_database_can_be_cloned_too(bool native)
    {
        using var source = new TestProject();
        Snapshot snapshot = Take(source.Connection, native);
        using TestDatabase clone = snapshot.Clone();

        TestProject.Run(clone.Connection, Schema);
        clone.Reset();

        Assert.Equal("0", Rows(clone.Connection, "SELECT count(*) FROM sqlite_schema"));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_file_in_WAL_mode_can_be_cloned(bool native)
    {
        using var source = new TestProject(file: "app.db");
        source.Run("PRAGMA journal_mode = WAL").Run(Schema);

        using TestDatabase clone = Take(source.Connection, native).Clone();

        Assert.Equal("1|one;2|two", Rows(clone.Connection, "SELECT * FROM post"));
        TestProject.Run(clone.Connection, "DELETE FROM post");
        clone.Reset();
        Assert.Equal("2", Rows(clone.Connection, "SELECT count(*) FROM post"));
    }

    [Fact]
    public void A_snapshot_is_restored_into_any_connection()
    {
        using var source = new TestProject(Schema);
        Snapshot snapshot = Snapshot.Take(source.Connection);
        using var memory = new TestProject("CREATE TABLE other (x)");
        using var file = new TestProject("CREATE TABLE other (x); PRAGMA journal_mode = WAL;", "app.db");

        snapshot.RestoreTo(memory.Connection);
        snapshot.RestoreTo(file.Connection);

        Assert.Equal("1|one;2|two", memory.Rows("SELECT * FROM post"));
        Assert.Equal("1|one;2|two", file.Rows("SELECT * FROM post"));
        Assert.Equal("wal", file.Scalar("PRAGMA journal_mode"));
        Assert.Equal(0L, file.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'other'"));
    }

    [Fact]
    public void Nothing_is_restored_under_a_transaction_or_a_reader()
    {
        using var source = new TestProject(Schema);
        Snapshot snapshot = Snapshot.Take(source.Connection);
        using var target = new TestProject(Schema + "INSERT INTO post (title) VALUES ('three');");

        using (SqliteTransaction transaction = target.Connection.BeginTransaction())
        {
            Assert.Contains("in use", Assert.Throws<InvalidOperationException>(() => snapshot.RestoreTo(target.Connection)).Message, StringComparison.Ordinal);
        }
        using (SqliteCommand command = target.Connection.CreateCommand())
        {
            command.CommandText = "SELECT * FROM post";
            using SqliteDataReader reader = command.ExecuteReader();
            Assert.True(reader.Read());
            Assert.Throws<InvalidOperationException>(() => snapshot.RestoreTo(target.Connection));
            Assert.True(reader.Read());
        }

        Assert.Equal(3L, target.Scalar("SELECT count(*) FROM post"));
        snapshot.RestoreTo(target.Connection);
        Assert.Equal(2L, target.Scalar("SELECT count(*) FROM post"));
    }

    [Fact]
    public void A_closed_connection_and_an_open_transaction_are_refused()
    {
        using var source = new TestProject(Schema);
        using var closed = new SqliteConnection("Data Source=:memory:");
        Snapshot snapshot = Snapshot.Take(source.Connection);

        Assert.Contains("Open()", Assert.Throws<InvalidOperationException>(() => Snapshot.Take(closed)).Message, StringComparison.Ordinal);
        Assert.Contains("Open()", Assert.Throws<InvalidOperationException>(() => snapshot.RestoreTo(closed)).Message, StringComparison.Ordinal);
        using SqliteTransaction transaction = source.Connection.BeginTransaction();
        Assert.Contains("transaction", Assert.Throws<InvalidOperationException>(() => Snapshot.Take(source.Connection)).Message, StringComparison.Ordinal);
    }

    internal static Snapshot Take(SqliteConnection connection, bool native) =>
        native ? Snapshot.Take(connection) : Snapshot.Take(connection, () => null);

    internal static string Rows(SqliteConnection connection, string sql) => TestProject.Rows(connection, sql);
}
