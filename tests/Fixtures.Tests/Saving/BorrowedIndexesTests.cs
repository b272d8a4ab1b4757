using SQLitePCL;

namespace Fixtures.Tests.Saving;

/// <summary>A load whose references lack an index costs as much a record when it is large as when it is small, and leaves no index behind.</summary>
public sealed class BorrowedIndexesTests : IDisposable
{
    private const string Schema = """
        CREATE TABLE item (id integer PRIMARY KEY, name text, ref_id integer REFERENCES item);
        CREATE TABLE tag (id integer PRIMARY KEY, name text);
        CREATE TABLE item_tags (id integer PRIMARY KEY, item_id integer REFERENCES item, tag_id integer REFERENCES tag);
        """;

    private readonly TestProject _project = new(Schema);

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("one forward reference")]
    [InlineData("each to the next")]
    [InlineData("lists of what comes later")]
    [InlineData("lists")]
    public void Twice_the_records_take_twice_the_work(string what)
    {
        long half = CountWork(what, 4000);
        long whole = CountWork(what, 16_000);
        Assert.InRange(whole, half, half * 8);
    }

    [Fact]
    public void The_schema_is_what_it_was()
    {
        string before = _project.Rows("SELECT name FROM sqlite_schema ORDER BY name");
        _project.Write("a.json", Fixture("each to the next", 8000)).Load("a");
        Assert.Equal(before, _project.Rows("SELECT name FROM sqlite_schema ORDER BY name"));
        Assert.Equal("ok", _project.Scalar("PRAGMA integrity_check"));
        Assert.Equal(8000L, _project.Scalar("SELECT count(*) FROM item"));

        _project.Write("b.json", Fixture("each to the next", 8000).Replace("\"ref\": 8000", "\"ref\": 9000", StringComparison.Ordinal)).Refused("b");
        Assert.Equal(before, _project.Rows("SELECT name FROM sqlite_schema ORDER BY name"));
    }

    [Fact]
    public void Code_and_an_open_reader_see_the_schema_as_it_is()
    {
        string before = _project.Rows("SELECT name FROM sqlite_schema ORDER BY name");
        string seen = "";
        _project.Options = _project.Options with { Code = new Dictionary<string, Action<Microsoft.Data.Sqlite.SqliteConnection>> { ["a"] = connection => seen = TestProject.Rows(connection, "SELECT name FROM sqlite_schema ORDER BY name") } };
        _project.Write("a.json", Fixture("one forward reference", 8000));
        _project.Run("INSERT INTO tag VALUES (1, 'x'), (2, 'y')");
        using Microsoft.Data.Sqlite.SqliteCommand command = _project.Connection.CreateCommand();
        command.CommandText = "SELECT id FROM tag";
        using (Microsoft.Data.Sqlite.SqliteDataReader reader = command.ExecuteReader())
        {
            Assert.True(reader.Read());
            using Microsoft.Data.Sqlite.SqliteCommand begin = _project.Connection.CreateCommand();
            begin.CommandText = "SAVEPOINT outer";
            begin.ExecuteNonQuery();
            _project.Load("a");
            Assert.True(reader.Read());
        }
        Assert.Equal(before, seen);
        Assert.Equal(before, _project.Rows("SELECT name FROM sqlite_schema ORDER BY name"));
    }

    private static long CountWork(string what, int records)
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", Fixture(what, records));
        long calls = 0;
        raw.sqlite3_progress_handler(project.Connection.Handle, 1000, _ => { calls++; return 0; }, null);
        project.Load("a");
        raw.sqlite3_progress_handler(project.Connection.Handle, 0, null, null);
        Assert.Equal((long)records, project.Scalar("SELECT count(*) FROM item"));
        return calls;
    }

    private static string Fixture(string what, int records)
    {
        IEnumerable<string> items = Enumerable.Range(1, records).Select(id => $$"""{"model": "item", "pk": {{id}}, "fields": {"name": "n"{{what switch
        {
            "one forward reference" when id == 1 => $", \"ref\": {records}",
            "each to the next" when id < records => $", \"ref\": {id + 1}",
            "lists of what comes later" or "lists" => $", \"tags\": [{id}, {id % 7 + 1}]",
            _ => "",
        }}} } }""");
        IEnumerable<string> tags = what.StartsWith("lists", StringComparison.Ordinal) ? Enumerable.Range(1, records).Select(id => $$"""{"model": "tag", "pk": {{id}}, "fields": {"name": "t"} }""") : [];
        return $"[{string.Join(",\n", what == "lists" ? tags.Concat(items) : items.Concat(tags))}]";
    }
}
