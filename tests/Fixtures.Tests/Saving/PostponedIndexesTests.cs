using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Tests.Saving;

/// <summary>Indexes that a large load drops come back in time, and nobody can tell that they were gone.</summary>
public sealed class PostponedIndexesTests
{
    private const string Kept = "item_n";
    private const string Dropped = "NULL";
    private const string Kind = """{"model": "kind", "pk": 1, "fields": {"name": "red"}}""";

    [Theory]
    [InlineData(null, "")]
    [InlineData("a.db", "")]
    [InlineData("a.db", "PRAGMA auto_vacuum = 1; PRAGMA journal_mode = WAL;")]
    [InlineData(null, "PRAGMA encoding = 'UTF-16le';")]
    public void Schema_and_rows_are_what_they_are_with_indexes_kept(string? file, string settings)
    {
        const string Schema =
            """"
            CREATE TABLE kind (id integer PRIMARY KEY);
            CREATE TABLE item (id integer PRIMARY KEY, code text, n integer, kind_id integer REFERENCES kind, "a ""b"" c" text);
            CREATE INDEX IF NOT EXISTS "an ""index""" ON item ("code", 'n'  desc) ;
            create /* why */ index main.[second] -- of two
                ON  Item ( n /* not unique */ COLLATE nocase, `a "b" c`);
            CREATE INDEX kinds ON item(kind_id, n);
            CREATE UNIQUE INDEX item_code ON item (code);
            CREATE INDEX part ON item (n) WHERE n > 5;
            CREATE TEMP TABLE item (n, code);
            """";
        using var kept = new LargeLoad(settings + Schema, file);
        kept.Project.Options = kept.Project.Options with { Input = new MemoryStream(Encoding.UTF8.GetBytes(LargeLoad.Items())), InputFormat = "json" };
        kept.Project.Load("-");
        using var load = new LargeLoad(settings + Schema, file);
        string schema = load.SchemaText();

        load.Load(LargeLoad.Items());

        Assert.Equal(["an \"index\",item_code,kinds,part,second", "item_code,part"], load.Seen);
        Assert.Equal(["an \"index\",item_code,kinds,part,second"], kept.Seen);
        Assert.Equal(schema, load.SchemaText());
        Assert.Equal(kept.Project.Rows("SELECT * FROM main.item"), load.Project.Rows("SELECT * FROM main.item"));
        foreach (string index in (string[])["\"an \"\"index\"\"\"", "second", "kinds"])
            Assert.Equal(kept.Project.Rows($"SELECT n, id FROM main.item INDEXED BY {index} WHERE n < 100 AND code > '' AND kind_id IS NULL"), load.Project.Rows($"SELECT n, id FROM main.item INDEXED BY {index} WHERE n < 100 AND code > '' AND kind_id IS NULL"));
        Assert.Equal("ok", load.Project.Scalar("PRAGMA main.integrity_check"));
        Assert.Equal("", load.Project.Rows("SELECT * FROM temp.sqlite_schema WHERE type = 'index'"));
    }

    [Fact]
    public void They_come_back_before_rows_of_another_table_and_stay()
    {
        using var load = new LargeLoad();
        load.Load(LargeLoad.Items(LargeLoad.Count * 2, (9_000, Kind)));
        Assert.Equal([Kept, Dropped, Kept], load.Seen);
    }

    [Fact]
    public void They_come_back_before_rows_are_looked_for_by_natural_key_and_stay()
    {
        using var load = new LargeLoad(LargeLoad.Schema + "CREATE TABLE part (id integer PRIMARY KEY, item_id integer REFERENCES item)");
        load.Project.Configure("item", new ModelOptions { NaturalKey = ["n", "code"] });
        load.Load(LargeLoad.Items(LargeLoad.Count * 2, (9_000, $$"""{"model": "item", "fields": {"n": {{LargeLoad.NumberOf(9)}}, "code": "code {{LargeLoad.NumberOf(9)}} of 9"} }""")));
        Assert.Equal([Kept, Dropped, Kept], load.Seen);
    }

    [Fact]
    public void They_stay_where_rows_were_looked_for_before()
    {
        using var load = new LargeLoad(LargeLoad.Schema + "CREATE TABLE part (id integer PRIMARY KEY, item_id integer REFERENCES item)");
        load.Project.Configure("item", new ModelOptions { NaturalKey = ["n"] });
        load.Load(LargeLoad.Items(LargeLoad.Count, (2, """{"model": "part", "pk": 2, "fields": {"item": [7919]}}""")));
        Assert.Equal([Kept], load.Seen);
        Assert.Equal(1L, load.Project.Scalar("SELECT item_id FROM part"));
    }

    [Fact]
    public void They_stay_where_a_natural_key_walks_to_their_table()
    {
        using var load = new LargeLoad(LargeLoad.Schema + "CREATE TABLE part (id integer PRIMARY KEY, item_id integer REFERENCES item, part_id integer REFERENCES part)");
        load.Project.Configure("part", new ModelOptions { NaturalKey = ["item.n"] });
        load.Load(LargeLoad.Items(LargeLoad.Count, (2, """{"model": "part", "pk": 2, "fields": {"item": 1, "part": [7919]}}""")));
        Assert.Equal([Kept], load.Seen);
    }

    [Fact]
    public void They_stay_away_over_many_to_many_lists_and_fixtures_of_one_table()
    {
        using var load = new LargeLoad(LargeLoad.Schema + "CREATE TABLE item_kinds (item_id integer REFERENCES item, kind_id integer REFERENCES kind); CREATE INDEX to_kind ON item_kinds (kind_id)");
        load.Project.Run("INSERT INTO kind VALUES (1, 'red')");
        load.Project.Write("a.json", LargeLoad.Items(3000)).Write("b.json", LargeLoad.Items(LargeLoad.Count * 2, (14_000, """{"model": "item", "pk": 14000, "fields": {"kinds": [1, ["red"]]}}""")));
        load.Project.Load("a", "b", "a");
        Assert.Equal(["item_n,to_kind", "to_kind"], load.Seen);
        Assert.Equal("14000|1", load.Project.Rows("SELECT * FROM item_kinds"));
    }

    [Fact]
    public void They_are_there_when_code_runs()
    {
        using var load = new LargeLoad();
        string? plan = null;
        load.Project.Options = load.Project.Options with
        {
            Code = new Dictionary<string, Action<SqliteConnection>> { ["code"] = connection => plan = TestProject.Rows(connection, "EXPLAIN QUERY PLAN SELECT id FROM item WHERE n = 5") },
        };
        load.Project.Write("data.json", LargeLoad.Items());
        load.Project.Load("data", "code");
        Assert.Contains(Dropped, load.Seen);
        Assert.Contains("item_n", plan, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model": "item", "pk": 1, "fields": {"n": "many"}}""", FixtureStage.Map)]
    [InlineData("""{"model": "item", "pk": 11000, "fields": {"n": -1}}""", FixtureStage.Constraint)]
    [InlineData("""{"model": "item", "pk": 11000, "fields": {"kind": 99}}""", FixtureStage.Constraint)]
    [InlineData("""{"model": "item" "pk": 11000}""", FixtureStage.Decode)]
    public void An_error_leaves_schema_and_rows_as_they_were(string record, FixtureStage stage)
    {
        foreach (string begin in (string[])["", "BEGIN; INSERT INTO kind VALUES (5, 'mine');"])
        {
            using var load = new LargeLoad(LargeLoad.Schema.Replace("n integer", "n integer CHECK (n >= 0)", StringComparison.Ordinal));
            load.Project.Run(begin);
            string schema = load.Project.Rows("SELECT rowid, * FROM sqlite_schema");

            FixtureException exception = Assert.Throws<FixtureException>(() => load.Load(LargeLoad.Items(LargeLoad.Count, (11_000, record))));

            Assert.Equal((stage, 11_001L), (exception.Stage, exception.Errors[0].Line));
            Assert.Equal([Kept, Dropped], load.Seen);
            Assert.Equal(schema, load.Project.Rows("SELECT rowid, * FROM sqlite_schema"));
            Assert.Equal(0L, load.Project.Scalar("SELECT count(*) FROM item"));
            Assert.Equal("ok", load.Project.Scalar("PRAGMA integrity_check"));
            Assert.Equal(begin.Length == 0 ? 0L : 1L, load.Project.Scalar("SELECT count(*) FROM kind"));

            load.Load(LargeLoad.Items());
            Assert.Equal([Kept, Dropped, Kept, Dropped], load.Seen);
        }
    }

    [Fact]
    public void A_transaction_of_the_caller_decides()
    {
        using var load = new LargeLoad();
        string schema = load.Project.Rows("SELECT rowid, * FROM sqlite_schema");
        var loader = new FixtureLoader(load.Project.Options);
        load.Project.Write("data.json", LargeLoad.Items()).Run("BEGIN");
        loader.LoadInto(load.Project.Connection, "data");
        load.Project.Run("ROLLBACK");
        Assert.Equal(schema, load.Project.Rows("SELECT rowid, * FROM sqlite_schema"));
        Assert.Equal(0L, load.Project.Scalar("SELECT count(*) FROM item"));

        load.Project.Run("BEGIN");
        loader.LoadInto(load.Project.Connection, "data");
        load.Project.Run("COMMIT");
        Assert.Equal([Kept, Dropped, Kept, Dropped], load.Seen);
        Assert.Equal((long)LargeLoad.Count, load.Project.Scalar("SELECT count(*) FROM item INDEXED BY item_n WHERE n >= 0"));
    }

    [Fact]
    public void A_loader_that_has_seen_the_schema_before_loads_again_and_flushes()
    {
        using var load = new LargeLoad();
        var loader = new FixtureLoader(load.Project.Options);
        load.Project.Write("data.json", LargeLoad.Items()).Write("initial_data.json", LargeLoad.Items());
        string schema = load.SchemaText();
        loader.LoadInto(load.Project.Connection, "data");
        loader.LoadInto(load.Project.Connection, "data");
        Assert.Equal([Kept, Dropped, Kept], load.Seen);

        loader.Flush(load.Project.Connection);
        Assert.Equal([Kept, Dropped, Kept, Dropped], load.Seen);
        Assert.Equal(schema, load.SchemaText());
        Assert.Equal((long)LargeLoad.Count, load.Project.Scalar("SELECT count(*) FROM item INDEXED BY item_n WHERE n >= 0"));
    }

    [Fact]
    public void A_test_database_gets_back_to_its_fixtures_after_such_a_load()
    {
        using var project = new TestProject();
        project.Write("schema.sql", LargeLoad.Schema).Write("data.json", LargeLoad.Items()).Write("few.json", LargeLoad.Items(3));
        var loader = new FixtureLoader(project.Options with { SchemaScripts = [project.At("schema.sql")] });
        using TestDatabase database = loader.CreateDatabase("few");
        string before = Content();
        string version = TestProject.Rows(database.Connection, "PRAGMA schema_version");

        loader.LoadInto(database.Connection, "data");
        Assert.NotEqual(version, TestProject.Rows(database.Connection, "PRAGMA schema_version"));
        Assert.Equal($"{LargeLoad.Count}", TestProject.Rows(database.Connection, "SELECT count(*) FROM item INDEXED BY item_n WHERE n >= 0"));
        database.Reset();

        Assert.Equal(before, Content());
        Assert.Equal(3, loader.LoadInto(database.Connection, "few").Objects);

        string Content() => TestProject.Rows(database.Connection, "SELECT rowid, * FROM sqlite_schema") + TestProject.Rows(database.Connection, "SELECT * FROM item INDEXED BY item_n WHERE n >= 0") + TestProject.Rows(database.Connection, "PRAGMA integrity_check");
    }

    [Fact]
    public void A_cancellation_is_looked_at_before_an_index_is_created()
    {
        using var load = new LargeLoad();
        using var cancellation = new CancellationTokenSource();
        // The last report: what comes after it is the indexes.
        load.Progress = progress => { if (progress.Objects == LargeLoad.Count) cancellation.Cancel(); };
        load.Project.Write("data.json", LargeLoad.Items());

        FixtureException exception = Assert.Throws<FixtureException>(() => new FixtureLoader(load.Project.Options).LoadInto(load.Project.Connection, ["data"], cancellation.Token));

        Assert.Equal(FixtureStage.Cancelled, exception.Stage);
        Assert.Equal(0L, load.Project.Scalar("SELECT count(*) FROM item"));
        Assert.Equal(Kept, load.Project.Rows("SELECT name FROM sqlite_schema WHERE name = 'item_n'"));
    }

    [Fact]
    public void A_full_disk_names_the_index_and_keeps_nothing()
    {
        using var load = new LargeLoad(file: "full.db");
        load.Progress = progress => { if (progress.Objects == LargeLoad.Count) load.Project.Run("PRAGMA max_page_count = 1"); };

        FixtureException exception = Assert.Throws<FixtureException>(() => load.Load(LargeLoad.Items()));

        Assert.Equal(FixtureStage.Database, exception.Stage);
        Assert.Contains("Index 'item_n' cannot be created again after the rows of its table: database or disk is full.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0L, load.Project.Scalar("SELECT count(*) FROM item"));
        Assert.Equal(Kept, load.Project.Rows("SELECT name FROM sqlite_schema WHERE name = 'item_n'"));
    }

    [Theory]
    [InlineData("kind_id integer REFERENCES kind", "CREATE INDEX other ON item (kind_id)")]
    [InlineData("kind_id integer REFERENCES item", "CREATE INDEX other ON item (kind_id)")]
    public void Forward_references_take_no_more_steps_than_with_indexes_kept(string column, string index)
    {
        bool toItself = column.EndsWith("item", StringComparison.Ordinal);
        int[] ids = [.. Enumerable.Range(1, LargeLoad.Count)];
        IEnumerable<string> records = ids.Select(id => LargeLoad.Item(id, ((id * 7919L % LargeLoad.Count) + 1).ToString(CultureInfo.InvariantCulture)));
        if (!toItself)
            records = records.Concat(ids.Select(id => $$"""{"model": "kind", "pk": {{id}}, "fields": {} }"""));
        string json = $"[{string.Join(",\n", records)}]";
        string schema = LargeLoad.Schema.Replace("kind_id integer REFERENCES kind", column, StringComparison.Ordinal) + index;

        (long kept, LargeLoad first) = Steps(schema, json, fromInput: true);
        (long postponed, LargeLoad second) = Steps(schema, json, fromInput: false);

        using (first)
        using (second)
        {
            Assert.Equal(["item_n,other"], first.Seen);
            Assert.Equal(toItself ? ["item_n,other", "other"] : ["item_n,other", Dropped, "item_n,other"], second.Seen);
            // Each of them would take a step for each row of the other table: ten thousand times as many.
            Assert.InRange(postponed, 1, kept * 2);
        }
    }

    private static (long Steps, LargeLoad Load) Steps(string schema, string json, bool fromInput)
    {
        var load = new LargeLoad(schema);
        if (fromInput)
            load.Project.Options = load.Project.Options with { Input = new MemoryStream(Encoding.UTF8.GetBytes(json)), InputFormat = "json" };
        load.Project.Write("data.json", json);
        long steps = 0;
        raw.sqlite3_progress_handler(load.Project.Connection.Handle, 100, _ => { steps++; return 0; }, null);
        load.Project.Load(fromInput ? "-" : "data");
        raw.sqlite3_progress_handler(load.Project.Connection.Handle, 0, null, null);
        return (steps, load);
    }
}
