using Fixtures.Testing;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Testing;

public sealed class TestDatabaseTests : IDisposable
{
    private readonly LoaderFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_has_the_schema_and_the_fixtures_and_tells_what_was_loaded()
    {
        using TestDatabase database = _folder.Loader().CreateDatabase("posts");

        Assert.Equal("1|One;2|Two", TestProject.Rows(database.Connection, "SELECT id, title FROM post"));
        Assert.Equal("Installed 2 object(s) from 1 fixture(s)", database.Report.ToString());
        Assert.Equal("built: first use of posts", database.Snapshot.ToString());
        Assert.Null(database.Path);
        Assert.Contains("vfs=memdb", database.ConnectionString, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_labels_it_has_the_schema_alone()
    {
        using TestDatabase database = _folder.Loader().CreateDatabase();

        Assert.Equal("0", TestProject.Rows(database.Connection, "SELECT count(*) FROM post"));
        Assert.Equal("built: first use of the schema", database.Snapshot.ToString());
    }

    [Fact]
    public void Several_connections_share_it()
    {
        using TestDatabase database = _folder.Loader().CreateDatabase("posts");
        using SqliteConnection opened = database.OpenConnection();
        using SqliteConnection own = TestProject.Open(database.ConnectionString);

        TestProject.Run(opened, "INSERT INTO post VALUES (3, 'Three')");

        Assert.Equal("3", TestProject.Rows(own, "SELECT count(*) FROM post"));
        Assert.Equal("3", TestProject.Rows(database.Connection, "SELECT count(*) FROM post"));
    }

    [Fact]
    public void Foreign_keys_are_enforced()
    {
        using TestDatabase database = _folder.Loader().CreateDatabase("posts");
        using SqliteConnection other = database.OpenConnection();

        Assert.Contains("FOREIGN KEY", Assert.Throws<SqliteException>(() => TestProject.Run(database.Connection, "INSERT INTO comment VALUES (1, 99)")).Message, StringComparison.Ordinal);
        Assert.Contains("FOREIGN KEY", Assert.Throws<SqliteException>(() => TestProject.Run(other, "INSERT INTO comment VALUES (1, 99)")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_disposed_once_and_closes_what_is_open()
    {
        TestDatabase database = _folder.Loader().CreateDatabase("posts");
        SqliteConnection connection = database.Connection;
        SqliteConnection other = database.OpenConnection();

        database.Dispose();
        database.Dispose();

        Assert.Equal(System.Data.ConnectionState.Closed, connection.State);
        Assert.Equal(System.Data.ConnectionState.Closed, other.State);
        Assert.Throws<ObjectDisposedException>(() => database.Connection);
        Assert.Throws<ObjectDisposedException>(database.Reset);
        Assert.Throws<ObjectDisposedException>(database.OpenConnection);
    }

    [Fact]
    public void A_connection_that_outlives_it_does_not_leak_into_the_next_one()
    {
        FixtureLoader loader = _folder.Loader();
        TestDatabase first = loader.CreateDatabase("posts");
        using SqliteConnection left = TestProject.Open(first.ConnectionString);
        TestProject.Run(left, "DELETE FROM post");
        first.Dispose();

        using TestDatabase second = loader.CreateDatabase("posts");

        Assert.Equal("2", TestProject.Rows(second.Connection, "SELECT count(*) FROM post"));
        Assert.Equal("0", TestProject.Rows(left, "SELECT count(*) FROM post"));
    }

    [Fact]
    public void Clones_that_come_and_go_use_their_names_again()
    {
        FixtureLoader loader = _folder.Loader();
        var names = new HashSet<string>();
        for (int i = 0; i < 1000; i++)
        {
            using TestDatabase database = loader.CreateDatabase("posts");
            names.Add(database.ConnectionString);
        }

        Assert.Single(names);
    }

    [Fact]
    public void In_a_file_it_can_be_read_while_another_connection_writes()
    {
        string path = _folder.At("made/orders.db");
        using (TestDatabase database = _folder.Loader().CreateDatabase(new TestDatabaseOptions { Path = path }, ["posts"], TestContext.Current.CancellationToken))
        {
            using SqliteConnection other = database.OpenConnection();
            using SqliteTransaction transaction = database.Connection.BeginTransaction(deferred: false);
            TestProject.Run(database.Connection, "DELETE FROM post");

            Assert.Equal("2", TestProject.Rows(other, "SELECT count(*) FROM post"));
            Assert.Equal(path, database.Path);
            Assert.Equal("wal", TestProject.Rows(other, "PRAGMA journal_mode"));

            transaction.Commit();
            database.Reset();
            Assert.Equal("2", TestProject.Rows(other, "SELECT count(*) FROM post"));
        }
        Assert.Empty(Directory.GetFiles(_folder.At("made")));
    }

    [Fact]
    public void A_file_may_be_kept_and_is_not_overwritten()
    {
        var options = new TestDatabaseOptions { Path = _folder.At("orders.db"), Keep = true };
        FixtureLoader loader = _folder.Loader();
        using (TestDatabase database = loader.CreateDatabase(options, ["posts"], TestContext.Current.CancellationToken))
        {
            Assert.Contains(database.Report.Warnings, warning => warning.Contains(options.Path, StringComparison.Ordinal));
            TestProject.Run(database.Connection, "DELETE FROM post WHERE id = 1");
        }

        using SqliteConnection kept = TestProject.Open($"Data Source={options.Path};Pooling=False");
        Assert.Equal("2|Two", TestProject.Rows(kept, "SELECT id, title FROM post"));
        FixtureException refused = Assert.Throws<FixtureException>(() => loader.CreateDatabase(options, ["posts"], TestContext.Current.CancellationToken));
        Assert.Equal(FixtureStage.Database, refused.Stage);
        Assert.Contains("orders.db", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_name_is_a_temporary_one()
    {
        string path;
        using (TestDatabase database = _folder.Loader().CreateDatabase(new TestDatabaseOptions { IsFile = true }, ["posts"], TestContext.Current.CancellationToken))
        {
            path = database.Path!;
            Assert.True(File.Exists(path));
        }
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("0", null)]
    [InlineData("1", "fixtures-kept")]
    [InlineData("out/kept", "out/kept")]
    public void The_environment_keeps_databases(string? value, string? folder)
    {
        TestDatabaseOptions place = KeptDatabases.Place(TestDatabaseOptions.InMemory, ["sub/posts", "many:tags"], _ => value);

        Assert.Equal(folder is not null, place is { IsFile: true, Keep: true });
        if (folder is null)
            return;
        Assert.EndsWith(folder, Path.GetDirectoryName(place.Path)!.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Matches(@"^posts\+many.tags-\d{8}T\d{6}\.\d{3}-[0-9a-f]{4}\.db$", Path.GetFileName(place.Path));
        Assert.Equal(place.Path!.Length, KeptDatabases.Place(new TestDatabaseOptions { IsFile = true }, ["sub/posts", "many:tags"], _ => value).Path!.Length);
        Assert.Equal(new TestDatabaseOptions { IsFile = true, Keep = true, Path = "other.db" }, KeptDatabases.Place(new TestDatabaseOptions { Path = "other.db" }, [], _ => value));
    }

    [Fact]
    public void Without_a_schema_it_is_refused()
    {
        FixtureException refused = Assert.Throws<FixtureException>(() => new FixtureLoader(new FixtureOptions()).CreateDatabase());

        Assert.Equal(FixtureStage.Config, refused.Stage);
        Assert.Contains("CreateSchema", refused.Message, StringComparison.Ordinal);
    }
}
