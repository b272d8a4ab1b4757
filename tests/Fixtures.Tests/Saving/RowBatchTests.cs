using System.Text;
using Fixtures.Formats;
using Fixtures.Mapping;
using Fixtures.Saving;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Tests.Saving;

/// <summary>Rows past the first two hundred of a shape are written many at a time. Nothing else may tell.</summary>
public sealed class RowBatchTests : IDisposable
{
    private const int ManyRows = 777;

    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public RowBatchTests()
    {
        _connection.Open();
        Execute("CREATE TABLE app_tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, weight REAL, data BLOB)");
        Execute("CREATE TABLE app_item (id INTEGER PRIMARY KEY, tag_id INTEGER REFERENCES app_tag(id), note TEXT DEFAULT 'none')");
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void Every_row_arrives_whatever_the_number()
    {
        foreach (int count in (int[])[1, 199, 200, 201, 249, 250, 251, ManyRows])
        {
            Execute("DELETE FROM app_tag");

            Load(Tags(count));

            Assert.Equal($"{count}|{count * (count + 1) / 2}", Query("SELECT count(*) || '|' || sum(CAST(substr(name, 5) AS INTEGER)) FROM app_tag"));
        }
    }

    [Fact]
    public void The_record_that_is_refused_inside_a_batch_is_named_with_its_line_and_nothing_is_kept()
    {
        string[] records = [.. Tags(ManyRows)];
        records[432] = """{"model": "app.tag", "pk": 433, "fields": {"name": "tag 5", "weight": 1.5, "data": null} }""";

        FixtureException exception = Assert.Throws<FixtureException>(() => Load(records));

        FixtureError error = Assert.Single(exception.Errors);
        Assert.Equal(FixtureStage.Constraint, exception.Stage);
        Assert.Equal((433, 434, "app.tag", "433"), (error.Record, error.Line, error.Model, error.Key));
        Assert.Contains("UNIQUE constraint failed: app_tag.name", error.Message, StringComparison.Ordinal);
        Assert.Equal("0", Query("SELECT count(*) FROM app_tag"));
    }

    [Fact]
    public void Of_two_wrong_records_the_first_is_named_even_if_it_waits_in_a_batch()
    {
        string[] records = [.. Tags(ManyRows)];
        records[432] = """{"model": "app.tag", "pk": 433, "fields": {"name": "tag 5", "weight": 1.5, "data": null} }""";
        records[435] = """{"model": "app.tag", "pk": 436, "fields": {"name": "tag 436", "weight": "heavy", "data": null} }""";

        FixtureException exception = Assert.Throws<FixtureException>(() => Load(records));

        Assert.Equal((FixtureStage.Constraint, "433"), (exception.Stage, Assert.Single(exception.Errors).Key));
    }

    [Fact]
    public void The_last_of_two_records_with_one_key_in_a_batch_counts()
    {
        string[] records = [.. Tags(300), """{"model": "app.tag", "pk": 290, "fields": {"name": "again", "weight": 2, "data": "AAE="} }"""];

        Load(records);

        Assert.Equal("300|again|2.0|0001", Query("SELECT (SELECT count(*) FROM app_tag) || '|' || name || '|' || weight || '|' || hex(data) FROM app_tag WHERE id = 290"));
    }

    [Fact]
    public void A_row_that_is_larger_than_a_batch_is_written_in_its_place()
    {
        string large = new('x', 400_000);
        string[] records = [.. Tags(ManyRows)];
        records[500] = $$"""{"model": "app.tag", "pk": 501, "fields": {"name": "{{large}}", "weight": 1, "data": null} }""";

        Load(records);

        Assert.Equal($"{ManyRows}|400000", Query("SELECT count(*) || '|' || max(length(name)) FROM app_tag"));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    [InlineData(199)]
    public void A_connection_that_allows_few_parameters_gets_fewer_rows_at_a_time(int parameters)
    {
        raw.sqlite3_limit(_connection.Handle!, raw.SQLITE_LIMIT_VARIABLE_NUMBER, parameters);

        Load(Tags(ManyRows));

        Assert.Equal($"{ManyRows}", Query("SELECT count(*) FROM app_tag"));
    }

    [Fact]
    public void A_natural_key_finds_a_row_that_still_waits_in_a_batch()
    {
        Load([.. Tags(260), """{"model": "app.item", "pk": 1, "fields": {"tag": ["tag 260"]} }"""]);

        Assert.Equal("260", Query("SELECT tag_id FROM app_item"));
    }

    [Fact]
    public void Records_whose_fields_differ_keep_their_order_and_their_defaults()
    {
        string[] records =
        [
            .. Enumerable.Range(1, ManyRows).Select(id => id % 60 == 0
                ? $$"""{"model": "app.item", "pk": {{id - 1}}, "fields": {} }"""
                : $$"""{"model": "app.item", "pk": {{id}}, "fields": {"note": "n{{id}}"} }"""),
        ];

        Load(records);

        Assert.Equal("765|n58|none|n61", Query("SELECT (SELECT count(*) FROM app_item) || '|' || group_concat(note, '|') FROM app_item WHERE id IN (58, 59, 61)"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Values_of_every_kind_are_bound_alike_with_and_without_native_functions(bool native)
    {
        NativeStatements? functions = native ? NativeStatements.TryFind() : null;
        Assert.Equal(native, functions is not null);
        var schema = new SchemaMap(new Schema(_connection.Handle!), new FixtureOptions());
        string[] records = [.. Tags(ManyRows).Select((record, i) => (i % 3) switch
        {
            0 => record,
            1 => record.Replace("\"data\": null", "\"data\": \"\"", StringComparison.Ordinal),
            _ => record.Replace("\"data\": null", "\"data\": \"3q2+7w==\"", StringComparison.Ordinal).Replace("\"weight\": 0.5", "\"weight\": null", StringComparison.Ordinal),
        })];

        using (var reader = new JsonFixtureReader(Json(records), "tags.json"))
        using (var lookup = new NaturalKeyLookup(_connection.Handle!, schema, () => { }, _ => { }))
        using (var writer = new RowWriter(_connection.Handle!, functions))
        {
            var record = new Fixtures.Formats.Record();
            var mapper = new RecordMapper(schema, lookup, new FixtureOptions());
            while (reader.Read(record))
                writer.Write(record, mapper.Map(record, mapper.FindModel(record)!), needsKey: false);
            writer.Flush();
        }

        Assert.Equal(
            "null/real 259|blob 0/real 259|blob 4/null 259",
            Query("""
                SELECT group_concat(kind || ' ' || n, '|') FROM (
                    SELECT CASE WHEN data IS NULL THEN 'null' ELSE 'blob ' || length(data) END || '/' || typeof(weight) AS kind, count(*) AS n
                    FROM app_tag GROUP BY 1 ORDER BY min(id))
                """));
    }

    private static IEnumerable<string> Tags(int count) =>
        Enumerable.Range(1, count).Select(id => $$"""{"model": "app.tag", "pk": {{id}}, "fields": {"name": "tag {{id}}", "weight": 0.5, "data": null} }""");

    private static MemoryStream Json(IEnumerable<string> records) => new(Encoding.UTF8.GetBytes($"[\n{string.Join(",\n", records)}\n]"));

    private void Load(IEnumerable<string> records) =>
        new FixtureLoader(new FixtureOptions { Input = Json(records), InputFormat = "json" }).LoadInto(_connection, "-");

    private void Execute(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private string? Query(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
