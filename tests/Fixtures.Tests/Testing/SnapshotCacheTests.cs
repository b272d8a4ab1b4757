using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Testing;

/// <summary>When a snapshot is built, and when it is copied.</summary>
public sealed class SnapshotCacheTests : IDisposable
{
    private readonly LoaderFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_second_database_is_a_copy()
    {
        FixtureLoader loader = _folder.Loader();
        using TestDatabase first = loader.CreateDatabase("posts", "more");
        TestProject.Run(first.Connection, "DELETE FROM post");

        using TestDatabase second = loader.CreateDatabase("posts", "more");

        Assert.Equal("cloned: nothing has changed", second.Snapshot.ToString());
        Assert.Equal("3", TestProject.Rows(second.Connection, "SELECT count(*) FROM post"));
        Assert.Equal(first.Report, second.Report);
    }

    [Fact]
    public void Other_labels_and_another_order_have_snapshots_of_their_own()
    {
        FixtureLoader loader = _folder.Loader();

        Assert.Equal("built: first use of posts, more", Use(loader, "posts", "more"));
        Assert.Equal("built: first use of more, posts", Use(loader, "more", "posts"));
        Assert.Equal("built: first use of posts", Use(loader, "posts"));
        Assert.Equal("cloned: nothing has changed", Use(loader, "posts", "more"));
    }

    [Fact]
    public void An_edited_fixture_is_noticed()
    {
        FixtureLoader loader = _folder.Loader();
        Use(loader, "posts");
        _folder.Write("posts.json", """[{"model": "post", "pk": 9, "fields": {"title": "Nine"}}]""");

        using TestDatabase database = loader.CreateDatabase("posts");

        Assert.Equal($"built: '{_folder.At("posts.json")}' has changed", database.Snapshot.ToString());
        Assert.Equal("9", TestProject.Rows(database.Connection, "SELECT id FROM post"));
        Assert.Equal("cloned: nothing has changed", Use(loader, "posts"));
    }

    [Fact]
    public void A_fixture_that_was_added_or_removed_is_noticed()
    {
        string other = Directory.CreateDirectory(_folder.At("other")).FullName;
        FixtureLoader loader = _folder.Loader(_folder.Options with { FixtureDirectories = [_folder.Path, other] });
        _folder.Settle("other");
        Use(loader, "posts");

        File.WriteAllText(Path.Combine(other, "posts.json"), """[{"model": "post", "pk": 9, "fields": {"title": "Nine"}}]""");
        _folder.Settle("other/posts.json");
        _folder.Settle("other");
        using (TestDatabase database = loader.CreateDatabase("posts"))
        {
            Assert.Equal($"built: '{Path.Combine(other, "posts.json")}' is new", database.Snapshot.ToString());
            Assert.Equal("3", TestProject.Rows(database.Connection, "SELECT count(*) FROM post"));
        }

        File.Delete(Path.Combine(other, "posts.json"));
        _folder.Settle("other");
        Assert.Equal($"built: '{Path.Combine(other, "posts.json")}' is not there any more", Use(loader, "posts"));

        _folder.Delete("posts.json");
        Assert.Equal(FixtureStage.Resolve, Assert.Throws<FixtureException>(() => loader.CreateDatabase("posts")).Stage);
    }

    [Fact]
    public void An_edited_script_is_noticed()
    {
        FixtureLoader loader = _folder.Loader();
        Use(loader, "posts");
        _folder.Write("schema.sql", File.ReadAllText(_folder.At("schema.sql")) + " CREATE TABLE tag (id integer PRIMARY KEY);");

        using TestDatabase database = loader.CreateDatabase("posts");

        Assert.Equal("0", TestProject.Rows(database.Connection, "SELECT count(*) FROM tag"));
    }

    [Fact]
    public void A_file_that_had_only_just_been_written_is_not_trusted()
    {
        FixtureLoader loader = _folder.Loader();
        DateTime now = DateTime.UtcNow.AddSeconds(5);
        File.SetLastWriteTimeUtc(_folder.At("posts.json"), now);
        Use(loader, "posts");

        // An edit of the same size within the same tick of the clock.
        File.WriteAllText(_folder.At("posts.json"), File.ReadAllText(_folder.At("posts.json")).Replace("One", "Uno", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(_folder.At("posts.json"), now);

        using TestDatabase database = loader.CreateDatabase("posts");
        Assert.Equal("Uno", TestProject.Rows(database.Connection, "SELECT title FROM post WHERE id = 1"));
    }

    [Fact]
    public void A_fixture_behind_a_link_is_watched_itself()
    {
        Directory.CreateDirectory(_folder.At("elsewhere"));
        _folder.Write("elsewhere/linked.json", """[{"model": "post", "pk": 1, "fields": {"title": "One"}}]""");
        File.CreateSymbolicLink(_folder.At("linked.json"), _folder.At("elsewhere/linked.json"));
        _folder.Settle("elsewhere");
        FixtureLoader loader = _folder.Loader();
        Use(loader, "linked");
        _folder.Write("elsewhere/linked.json", """[{"model": "post", "pk": 1, "fields": {"title": "Uno"}}]""");

        using TestDatabase database = loader.CreateDatabase("linked");

        Assert.Equal("Uno", TestProject.Rows(database.Connection, "SELECT title FROM post"));
    }

    [Fact]
    public void Code_makes_a_schema_and_fills_a_database()
    {
        int schemas = 0;
        FixtureLoader loader = _folder.Loader(_folder.Options with
        {
            SchemaScripts = [],
            CreateSchema = connection =>
            {
                schemas++;
                // As a tool would that opens connections of its own.
                using SqliteConnection other = TestProject.Open(connection.ConnectionString);
                TestProject.Run(other, "CREATE TABLE post (id integer PRIMARY KEY, title text)");
            },
            Code = new Dictionary<string, Action<SqliteConnection>> { ["many"] = connection => TestProject.Run(connection, "INSERT INTO post (title) VALUES ('a'), ('b')") },
        });

        using TestDatabase first = loader.CreateDatabase("posts", "many");
        using TestDatabase second = loader.CreateDatabase("posts", "many");

        Assert.Equal("4", TestProject.Rows(second.Connection, "SELECT count(*) FROM post"));
        Assert.Equal(1, schemas);
    }

    [Fact]
    public void Databases_that_are_first_asked_for_at_the_same_time_are_built_once()
    {
        const int Threads = 8;
        int schemas = 0;
        using var together = new Barrier(Threads);
        FixtureLoader loader = _folder.Loader(_folder.Options with { CreateSchema = _ => Interlocked.Increment(ref schemas) });
        string[] uses = new string[Threads];

        InParallel(Threads, thread =>
        {
            together.SignalAndWait();
            using TestDatabase database = loader.CreateDatabase("posts");
            uses[thread] = database.Snapshot.ToString();
            Assert.Equal("2", TestProject.Rows(database.Connection, "SELECT count(*) FROM post"));
        });

        Assert.Equal(1, schemas);
        Assert.Single(uses, use => use.StartsWith("built", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_reaches_all_who_wait_and_is_tried_again()
    {
        const int Threads = 4;
        int attempts = 0;
        using var allAsked = new CountdownEvent(Threads);
        FixtureLoader loader = _folder.Loader(_folder.Options with
        {
            CreateSchema = _ =>
            {
                if (Interlocked.Increment(ref attempts) > 1)
                    return;
                allAsked.Wait(TestContext.Current.CancellationToken);
                // Until the others have come to wait for this one.
                Thread.Sleep(200);
                throw new InvalidOperationException("The migration failed.");
            },
        });
        var failures = new Exception?[Threads];

        InParallel(Threads, thread =>
        {
            allAsked.Signal();
            failures[thread] = Record.Exception(() => loader.CreateDatabase("posts").Dispose());
        });

        Assert.All(failures, failure => Assert.Equal("The migration failed.", failure?.Message));
        Assert.Equal(1, attempts);
        Assert.Equal("built: first use of posts", Use(loader, "posts"));
    }

    [Fact]
    public void Code_that_asks_for_the_database_it_builds_is_refused()
    {
        FixtureLoader? loader = null;
        loader = _folder.Loader(_folder.Options with { CreateSchema = _ => loader!.CreateDatabase("posts").Dispose() });

        Assert.Contains("while it is built", Assert.Throws<InvalidOperationException>(() => loader.CreateDatabase("posts")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_and_a_wait_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        using var building = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        FixtureLoader loader = _folder.Loader(_folder.Options with
        {
            CreateSchema = _ =>
            {
                building.Set();
                goOn.Wait(TestContext.Current.CancellationToken);
            },
        });
        Task builder = Task.Run(() => loader.CreateDatabase("posts").Dispose(), TestContext.Current.CancellationToken);
        building.Wait(TestContext.Current.CancellationToken);
        await cancelled.CancelAsync();

        FixtureException refused = Assert.Throws<FixtureException>(() => loader.CreateDatabase(TestDatabaseOptions.InMemory, ["posts"], cancelled.Token));
        goOn.Set();
        await builder;

        Assert.Equal(FixtureStage.Cancelled, refused.Stage);
        Assert.Equal(FixtureStage.Cancelled, Assert.Throws<FixtureException>(() => _folder.Loader().CreateDatabase(TestDatabaseOptions.InMemory, ["posts"], cancelled.Token)).Stage);
        Assert.Equal("cloned: nothing has changed", Use(loader, "posts"));
    }

    private static string Use(FixtureLoader loader, params string[] labels)
    {
        using TestDatabase database = loader.CreateDatabase(labels);
        return database.Snapshot.ToString();
    }

    private static void InParallel(int count, Action<int> run)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(thread => new Thread(() => run(thread)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }
}
