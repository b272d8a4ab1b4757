using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Saving;

/// <summary>Large files are read by a second thread, standard input is not: both must give the same rows, counts and errors.</summary>
public sealed class ReadingAheadTests
{
    private const int Records = 4000;

    private const string Schema =
        """
        CREATE TABLE tag (id integer PRIMARY KEY, name text UNIQUE);
        CREATE TABLE post (id integer PRIMARY KEY, title text UNIQUE, views integer, tag_id integer REFERENCES tag (id));
        CREATE TABLE post_tags (post_id integer REFERENCES post (id), tag_id integer REFERENCES tag (id));
        CREATE TABLE log (id integer PRIMARY KEY, line text NOT NULL CHECK (line <> 'wrong'));
        """;

    /// <summary>What stands in place of some records, and at which numbers.</summary>
    public static TheoryData<string, string, int[]> Fixtures()
    {
        var fixtures = new TheoryData<string, string, int[]> { { "all alike", "", [] } };
        foreach ((string name, string record) in ((string, string)[])[
            ("no JSON", """{"model": "post", "pk": 1 "fields": {}}"""),
            ("no record", """{"model": "post", "pk": 1}"""),
            ("no number", """{"model": "post", "pk": #, "fields": {"title": "#", "views": "many"}}"""),
            ("an unknown model", """{"model": "posts.post", "pk": #, "fields": {}}"""),
            ("an unknown field", """{"model": "post", "pk": #, "fields": {"name": "#"}}"""),
            ("a title that is taken", """{"model": "post", "pk": #, "fields": {"title": "title 3", "views": 1}}"""),
            ("a check that fails", """{"model": "log", "pk": #, "fields": {"line": "wrong"}}"""),
            ("a foreign key that fails", """{"model": "post", "pk": #, "fields": {"title": "#", "views": 1, "tag_id": 5}}"""),
        ])
        {
            foreach (int at in (int[])[2, 499, 501, 555, 2700, Records])
                fixtures.Add(name, record, [at]);
            fixtures.Add(name, record, [700, 701, 3000]);
        }
        int[] everyThousand = [1, 1000, 2000, 3000];
        fixtures.Add("another shape", """{"model": "post", "pk": #, "fields": {"title": "#"}}""", [.. Enumerable.Range(600, 300)]);
        fixtures.Add("alternating shapes", """{"model": "post", "pk": #, "fields": {"title": "#"}}""", [.. Enumerable.Range(1, Records / 2).Select(i => i * 2)]);
        fixtures.Add("no key", """{"model": "log", "fields": {"line": "#"}}""", everyThousand);
        fixtures.Add("key null", """{"model": "log", "pk": null, "fields": {"line": "#"}}""", [.. Enumerable.Range(600, 2000)]);
        fixtures.Add("key null among the fields", """{"model": "log", "fields": {"id": null, "line": "#"}}""", [.. Enumerable.Range(600, 2000)]);
        fixtures.Add("key null among the fields, and a unique name", """{"model": "tag", "fields": {"id": null, "name": "#"}}""", [.. Enumerable.Range(600, 2000)]);
        fixtures.Add("key empty among the fields, and a name that is there", """{"model": "tag", "fields": {"id": "", "name": "red"}}""", [.. Enumerable.Range(600, 2000)]);
        fixtures.Add("a key among the fields, and a unique name", """{"model": "tag", "fields": {"id": 1#, "name": "#"}}""", [.. Enumerable.Range(600, 2000)]);
        fixtures.Add("a natural key", """{"model": "post", "pk": #, "fields": {"title": "#", "tag": ["red"]}}""", everyThousand);
        fixtures.Add("a natural key that waits", """{"model": "post", "pk": #, "fields": {"title": "#", "tag": ["blue"]}}""", everyThousand);
        fixtures.Add("a natural key that no row has", """{"model": "post", "pk": #, "fields": {"title": "#", "tag": ["green"]}}""", everyThousand);
        fixtures.Add("a many-to-many list", """{"model": "post", "pk": #, "fields": {"title": "#", "tags": [7]}}""", everyThousand);
        fixtures.Add("a large text", $$$"""{"model": "post", "pk": #, "fields": {"title": "#{{{new string('x', 200_000)}}}", "views": 1}}""", everyThousand);
        return fixtures;
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void It_gives_what_one_thread_gives(string what, string record, int[] places)
    {
        Assert.NotEmpty(what);
        string json = Fixture(record, places);

        Assert.Equal(Outcome(json, new FixtureOptions(), ahead: false), Outcome(json, new FixtureOptions(), ahead: true));
    }

    [Fact]
    public void A_key_that_is_null_among_the_fields_finds_the_rows_that_were_read_just_before()
    {
        string json = "[" + string.Join(",", Enumerable.Range(0, Records).Select(i => $$$"""{"model": "tag", "fields": {"id": null, "name": "{{{i / 3}}}"}}""")) + "]";

        string outcome = Outcome(json, new FixtureOptions(), ahead: true);

        Assert.Equal(Outcome(json, new FixtureOptions(), ahead: false), outcome);
        Assert.Contains($"Installed {Records} object(s)", outcome, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_passed_over_is_counted_the_same()
    {
        string json = Fixture("""{"model": "nothing.here", "pk": #, "fields": {}}""", [.. Enumerable.Range(1000, 1500)]);
        FixtureOptions options = new() { IgnoreNonexistent = true, Exclude = ["x.log"] };
        string mixed = json.Replace("""{"model": "post", "pk": 39""", """{"model": "x.log", "pk": 39""", StringComparison.Ordinal).Replace("\"title\": \"title 39", "\"line\": \"39", StringComparison.Ordinal);

        string outcome = Outcome(mixed, options, ahead: true);

        Assert.Equal(Outcome(mixed, options, ahead: false), outcome);
        Assert.Contains("object(s) (of ", outcome, StringComparison.Ordinal);
    }

    [Fact]
    public void The_connection_stays_with_its_thread()
    {
        using var project = new TestProject(Schema);
        HashSet<int> threads = [];
        project.Connection.CreateFunction("thread", () => threads.Add(Environment.CurrentManagedThreadId) ? 1 : 0);
        project.Run("CREATE TRIGGER t AFTER INSERT ON post BEGIN SELECT thread(); END");

        project.LoadJson(Fixture("", []));

        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void A_load_that_is_cancelled_ends_both_threads_and_keeps_nothing()
    {
        using var project = new TestProject(Schema);
        using var cancellation = new CancellationTokenSource();
        project.Options = project.Options with { Progress = new ImmediateProgress(progress => { if (progress.Objects > 2000) cancellation.Cancel(); }) };
        project.Write("data.json", Fixture("", []));

        FixtureException exception = Assert.Throws<FixtureException>(() => new FixtureLoader(project.Options).LoadInto(project.Connection, ["data"], cancellation.Token));

        Assert.Equal(FixtureStage.Cancelled, exception.Stage);
        Assert.Equal(0L, project.Scalar("SELECT count(*) FROM post"));
        File.Delete(project.At("data.json"));
    }

    [Fact]
    public void What_progress_throws_ends_the_load()
    {
        using var project = new TestProject(Schema);
        project.Options = project.Options with { Progress = new ImmediateProgress(progress => { if (progress.Objects > 2000) throw new InvalidTimeZoneException(); }) };
        project.Write("data.json", Fixture("", []));

        Assert.Throws<InvalidTimeZoneException>(() => project.Load("data"));
        Assert.Equal(0L, project.Scalar("SELECT count(*) FROM post"));
    }

    private static string Fixture(string record, int[] places)
    {
        HashSet<int> there = [.. places];
        var json = new StringBuilder("""[{"model": "tag", "pk": 7, "fields": {"name": "red"}}""");
        for (int number = 1; number <= Records; number++)
        {
            string next = there.Contains(number) ? record : """{"model": "post", "pk": #, "fields": {"title": "title #", "views": #}}""";
            json.Append(",\n").Append(next.Replace("#", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
        return json.Append(""", {"model": "tag", "pk": 8, "fields": {"name": "blue"}}]""").ToString();
    }

    private static string Outcome(string json, FixtureOptions options, bool ahead)
    {
        using var project = new TestProject(Schema);
        options = options with { SearchCurrentDirectory = false };
        if (!ahead)
            options = options with { Input = new MemoryStream(Encoding.UTF8.GetBytes(json)), InputFormat = "json" };
        string file = project.Write("data.json", json).At("data.json");
        string outcome;
        try
        {
            LoadReport report = new FixtureLoader(options).LoadInto(project.Connection, ahead ? file : "-");
            outcome = $"{report} {report.Files[0].Objects} {report.Files[0].ObjectsInFixture}";
        }
        catch (FixtureException exception)
        {
            outcome = $"{exception.Stage} {exception.ErrorCount} {string.Join("; ", exception.Errors.Select(Comparable))}";
        }
        return outcome + "\n" + Rows(project.Connection);
    }

    /// <summary>Without what standard input cannot tell: a second look at it for the record of a row.</summary>
    private static FixtureError Comparable(FixtureError error)
    {
        if (error.Message.Contains("which no row provides", StringComparison.Ordinal))
            return new FixtureError(error.Message.Replace(" (post.tag_id)", "", StringComparison.Ordinal)) { Model = error.Model, Key = error.Key, Field = error.Field };
        if (error.Message.Contains("constraint failed", StringComparison.Ordinal))
            return error with { File = null, Column = null, Field = null, Message = error.Message.Split(" also in ")[0] };
        return error with { File = null };
    }

    private static string Rows(SqliteConnection connection) => string.Join(
        "\n",
        ((string[])["tag", "post", "post_tags", "log"]).Select(table => TestProject.Rows(connection, $"SELECT * FROM {table}")));

    private sealed class ImmediateProgress(Action<LoadProgress> report) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => report(value);
    }
}
