using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Saving;

/// <summary>What a call takes, leaves out and reports.</summary>
public sealed class LoadingTests
{
    private const string Schema = """
        CREATE TABLE blog_post (id integer PRIMARY KEY, title text); CREATE TABLE blog_tag (id integer PRIMARY KEY, post_id integer REFERENCES blog_post);
        CREATE TABLE shop_order (id integer PRIMARY KEY);
        """;

    private const string Records = """[{"model": "blog.post", "pk": 1, "fields": {}}, {"model": "blog.tag", "pk": 1, "fields": {}}, {"model": "shop.order", "pk": 1, "fields": {}}]""";

    [Theory]
    [InlineData("blog", "0|0|1", 1)]
    [InlineData("SHOP", "1|1|0", 2)]
    [InlineData("blog.post", "0|1|1", 2)]
    [InlineData("Blog.Tag", "1|0|1", 2)]
    [InlineData("blog.posts", "0|1|1", 2)]
    public void Records_of_an_excluded_app_or_model_are_not_saved(string exclude, string counts, int objects)
    {
        using var project = new TestProject(Schema);
        project.Options = project.Options with { Exclude = [exclude] };
        LoadReport report = project.LoadJson(Records);
        Assert.Equal(counts, project.Rows("SELECT (SELECT count(*) FROM blog_post), (SELECT count(*) FROM blog_tag), (SELECT count(*) FROM shop_order)"));
        Assert.Equal((objects, 3), (report.Objects, report.ObjectsInFixtures));
        Assert.Equal((objects, 3), (report.Files[0].Objects, report.Files[0].ObjectsInFixture));
        Assert.Empty(report.Warnings);
    }

    [Theory]
    [InlineData("data.json", """[{"model": "", "pk": 1, "fields": {}}]""")]
    [InlineData("data.jsonl", """{"model": "", "pk": 1, "fields": {}}""")]
    [InlineData("data.yaml", "- {model: '', pk: 1, fields: {}}")]
    [InlineData("data.xml", "<django-objects><object model='' pk='1'/></django-objects>")]
    public void A_record_with_an_empty_model_is_refused_in_every_format(string file, string text)
    {
        using var project = new TestProject(Schema);

        FixtureException exception = project.Write(file, text).Refused("data");

        Assert.Equal(FixtureStage.Decode, exception.Stage);
        Assert.Contains("model of record 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damage_of_a_packed_fixture_is_named_and_not_what_it_makes_of_the_records()
    {
        using var project = new TestProject(Schema);
        string[] records = [.. Enumerable.Range(1, 200).Select(id => $$"""{"model": "blog.post", "pk": {{id}}, "fields": {"title": "t"} }""")];
        byte[] plain = Encoding.UTF8.GetBytes($"[{string.Join(",", records)}]");
        using (ZipArchive archive = ZipFile.Open(project.At("packed.json.zip"), ZipArchiveMode.Create))
        using (Stream entry = archive.CreateEntry("packed.json", CompressionLevel.NoCompression).Open())
            entry.Write(plain);
        byte[] packed = File.ReadAllBytes(project.At("packed.json.zip"));
        packed[packed.AsSpan().IndexOf("blog.post"u8)] = (byte)'B' + 1;
        File.WriteAllBytes(project.At("packed.json.zip"), packed);

        FixtureException exception = project.Refused("packed");

        Assert.Equal(FixtureStage.Decode, exception.Stage);
        Assert.Contains("checksum", Assert.Single(exception.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_are_excluded_are_checked()
    {
        using var project = new TestProject(Schema);
        project.Options = project.Options with { Exclude = ["blog"] };
        Assert.Equal(FixtureStage.Map, project.RefusedJson("""[{"model": "blog.post", "pk": "x", "fields": {}}]""").Stage);
        Assert.Equal(FixtureStage.Map, project.RefusedJson("""[{"model": "blog.post", "pk": 1, "fields": {"nix": 1}}]""").Stage);
    }

    [Theory]
    [InlineData("blgo")]
    [InlineData("blog.pots")]
    [InlineData("blog.missing")]
    [InlineData("")]
    public void An_app_or_model_that_is_not_known_cannot_be_excluded(string exclude)
    {
        using var project = new TestProject(Schema);
        project.Configure("blog.missing", new ModelOptions { Table = "missing" });
        project.Options = project.Options with { Exclude = [exclude] };
        FixtureException exception = project.RefusedJson(Records);
        Assert.Contains($"'{exclude}'", exception.Message, StringComparison.Ordinal);
        Assert.Equal("", project.Rows("SELECT id FROM blog_post"));
    }

    [Fact]
    public void Unknown_models_and_fields_may_be_passed_over()
    {
        using var project = new TestProject(Schema);
        project.Options = project.Options with { IgnoreNonexistent = true };
        LoadReport report = project.LoadJson("""[{"model": "old.gone", "pk": 1, "fields": {"x": 1}}, {"model": "blog.post", "pk": 1, "fields": {"title": "t", "gone": [1]}}, {"model": "old.gone", "pk": 2, "fields": {}}]""");
        Assert.Equal("1|t", project.Rows("SELECT * FROM blog_post"));
        Assert.Equal(1, report.Objects);
    }

    [Theory]
    [InlineData("a.json", "[]")]
    [InlineData("a.jsonl", "")]
    [InlineData("a.yaml", "[]")]
    [InlineData("a.xml", "<django-objects version=\"1.0\"/>")]
    public void A_fixture_without_records_is_a_warning(string file, string text)
    {
        using var project = new TestProject(Schema);
        LoadReport report = project.Write(file, text).Load("a");
        Assert.Contains("'a'", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Equal((0, 0, 1), (report.Objects, report.ObjectsInFixtures, report.Files.Count));
    }

    [Fact]
    public void A_report_counts_each_fixture()
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", Records).Write("b.yaml", "- {model: blog.post, pk: 5, fields: {}}\n");
        LoadReport report = project.Load("a", "b", "a");
        Assert.Equal([("a", "json", 3), ("b", "yaml", 1), ("a", "json", 3)], report.Files.Select(file => (file.File.Name, file.File.Format, file.Objects)));
        Assert.Equal("Installed 7 object(s) from 3 fixture(s)", report.ToString());
        Assert.InRange(report.Elapsed, TimeSpan.FromTicks(1), TimeSpan.FromHours(1));
    }

    [Fact]
    public void Progress_is_told_in_order()
    {
        using var project = new TestProject(Schema);
        var told = new List<LoadProgress>();
        project.Options = project.Options with { Progress = new Listener(told.Add) };
        project.Write("a.jsonl", string.Join('\n', Enumerable.Range(1, 10_000).Select(i => $$$"""{"model": "blog.post", "pk": {{{i}}}, "fields": {}}"""))).Write("b.json", Records);
        project.Load("a", "b");

        Assert.True(told.Count > 3);
        Assert.Equal(told.Select(progress => progress.Objects).Order(), told.Select(progress => progress.Objects));
        LoadProgress endOfFirst = told.Last(progress => progress.FileNumber == 1);
        Assert.Equal((10_000, 2, new FileInfo(project.At("a.jsonl")).Length), (endOfFirst.Objects, endOfFirst.FileCount, endOfFirst.FileByteCount));
        Assert.Equal(endOfFirst.FileByteCount, endOfFirst.FileBytesRead);
        Assert.Equal((10_003, 2, "b"), (told[^1].Objects, told[^1].FileNumber, told[^1].File.Name));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_cancelled_load_keeps_nothing(bool joined)
    {
        using var project = new TestProject(Schema);
        using var cancellation = new CancellationTokenSource();
        project.Options = project.Options with { Progress = new Listener(progress => { if (progress.Objects > 3000) cancellation.Cancel(); }) };
        project.Write("a.jsonl", string.Join('\n', Enumerable.Range(1, 10_000).Select(i => $$$"""{"model": "blog.post", "pk": {{{i}}}, "fields": {}}""")));
        using SqliteTransaction? transaction = joined ? project.Connection.BeginTransaction() : null;

        FixtureException exception = Assert.Throws<FixtureException>(() => new FixtureLoader(project.Options).LoadInto(project.Connection, ["a"], cancellation.Token));
        Assert.Equal(FixtureStage.Cancelled, exception.Stage);
        Assert.Equal(0L, project.Scalar("SELECT count(*) FROM blog_post"));
        Assert.Equal(joined, TransactionTests.InTransaction(project.Connection));
    }

    [Fact]
    public void A_load_that_is_cancelled_before_it_begins_keeps_nothing()
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", Records);
        project.Options = project.Options with { Code = new Dictionary<string, Action<SqliteConnection>> { ["code"] = connection => TestProject.Run(connection, "INSERT INTO shop_order VALUES (1)") } };
        foreach (string label in (string[])["a", "code"])
        {
            FixtureException exception = Assert.Throws<FixtureException>(() => new FixtureLoader(project.Options).LoadInto(project.Connection, [label], new CancellationToken(canceled: true)));
            Assert.Equal(FixtureStage.Cancelled, exception.Stage);
        }
        Assert.Equal(0L, project.Scalar("SELECT (SELECT count(*) FROM blog_post) + (SELECT count(*) FROM shop_order)"));
    }

    [Fact]
    public void An_exception_of_the_progress_listener_keeps_nothing()
    {
        using var project = new TestProject(Schema);
        project.Options = project.Options with { Progress = new Listener(_ => throw new TimeoutException("mine")) };
        project.Write("a.json", Records);
        Assert.Throws<TimeoutException>(() => project.Load("a"));
        Assert.Equal(0L, project.Scalar("SELECT count(*) FROM blog_post"));
        Assert.False(TransactionTests.InTransaction(project.Connection));
    }

    [Fact]
    public void A_locked_database_is_said_to_be_locked()
    {
        using var project = new TestProject(Schema, "test.db");
        project.Write("a.json", Records).Run("BEGIN IMMEDIATE");
        using SqliteConnection connection = TestProject.Open($"Data Source={project.At("test.db")};Pooling=False;Default Timeout=1;Foreign Keys=False");
        var loader = new FixtureLoader(project.Options);
        FixtureException exception = Assert.Throws<FixtureException>(() => loader.LoadInto(connection, "a"));
        Assert.Equal(FixtureStage.Database, exception.Stage);
        Assert.Contains("locked", exception.Message, StringComparison.Ordinal);
        Assert.False(TransactionTests.InTransaction(connection));

        project.Run("COMMIT");
        loader.LoadInto(connection, "a");
        Assert.Equal(1L, project.Scalar("SELECT count(*) FROM shop_order"));
    }

    [Fact]
    public async Task A_load_waits_for_another_writer()
    {
        using var project = new TestProject(Schema, "test.db");
        project.Write("a.json", Records).Run("BEGIN IMMEDIATE; INSERT INTO shop_order VALUES (50)");
        using SqliteConnection connection = TestProject.Open($"Data Source={project.At("test.db")};Pooling=False;Default Timeout=60");
        var load = Task.Run(() => new FixtureLoader(project.Options).LoadInto(connection, "a"), TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        project.Run("COMMIT");
        Assert.Equal(3, (await load).Objects);
    }

    [Fact]
    public async Task A_load_waits_for_another_writer_that_shares_its_cache()
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", Records);
        string shared = $"Data Source={Guid.NewGuid():N};Mode=Memory;Cache=Shared;Default Timeout=60";
        using SqliteConnection other = TestProject.Open(shared);
        using SqliteConnection connection = TestProject.Open(shared);
        TestProject.Run(other, Schema + "; BEGIN IMMEDIATE; INSERT INTO shop_order VALUES (50)");
        var load = Task.Run(() => new FixtureLoader(project.Options).LoadInto(connection, "a"), TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(load.IsCompleted);
        TestProject.Run(other, "COMMIT");
        Assert.Equal(3, (await load).Objects);
    }

    [Fact]
    public async Task A_load_that_waits_for_another_writer_can_be_cancelled()
    {
        using var project = new TestProject(Schema, "test.db");
        project.Write("a.json", Records).Run("BEGIN IMMEDIATE");
        using SqliteConnection connection = TestProject.Open($"Data Source={project.At("test.db")};Pooling=False;Default Timeout=0");
        using var cancellation = new CancellationTokenSource(300);
        FixtureException exception = await Assert.ThrowsAsync<FixtureException>(() => Task.Run(() => new FixtureLoader(project.Options).LoadInto(connection, ["a"], cancellation.Token), TestContext.Current.CancellationToken));
        Assert.Equal(FixtureStage.Cancelled, exception.Stage);
        Assert.False(TransactionTests.InTransaction(connection));
        project.Run("COMMIT");
    }

    [Fact]
    public void An_input_that_must_not_be_read_is_refused()
    {
        using var project = new TestProject(Schema);
        project.Options = project.Options with { Input = new ForbiddenStream(), InputFormat = "json" };
        FixtureException exception = Assert.Throws<FixtureException>(() => new FixtureLoader(project.Options).LoadInto(project.Connection, "-"));
        Assert.Equal(FixtureStage.Decode, exception.Stage);
        Assert.Equal("-: The input cannot be read: no", exception.Errors[0].ToString());
    }

    [Theory]
    [InlineData("Mode=ReadOnly")]
    [InlineData("Mode=ReadOnly;Foreign Keys=False")]
    public void A_read_only_database_is_refused(string mode)
    {
        using var project = new TestProject(Schema, "test.db");
        project.Write("a.json", Records);
        using SqliteConnection connection = TestProject.Open($"Data Source={project.At("test.db")};Pooling=False;{mode}");
        FixtureException exception = Assert.Throws<FixtureException>(() => new FixtureLoader(project.Options).LoadInto(connection, "a"));
        Assert.Equal(FixtureStage.Database, exception.Stage);
        Assert.Contains("readonly", exception.Message, StringComparison.Ordinal);
        Assert.False(TransactionTests.InTransaction(connection));
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        using var project = new TestProject(Schema);
        project.Write("a.json", Records).Write("no.db", new string('x', 5000));
        using SqliteConnection connection = TestProject.Open($"Data Source={project.At("no.db")};Pooling=False;Foreign Keys=False");
        Assert.Equal(FixtureStage.Database, Assert.Throws<FixtureException>(() => new FixtureLoader(project.Options).LoadInto(connection, "a")).Stage);
    }

    [Fact]
    public void No_label_is_refused()
    {
        using var project = new TestProject(Schema);
        Assert.Equal(FixtureStage.Resolve, project.Refused().Stage);
    }

    [Theory]
    [InlineData("a b", "c d")]
    [InlineData("a\"b", "c\"\"d")]
    [InlineData("a'b", "c'd")]
    [InlineData("t\"; DROP TABLE victim; --", "x\") VALUES (1); DROP TABLE victim; --")]
    [InlineData("select", "from")]
    [InlineData("[a]", "`b`")]
    [InlineData("täble", "cölumn")]
    [InlineData("?1", ":x")]
    [InlineData("%s", "{0}")]
    public void Names_may_be_anything(string table, string column)
    {
        string t = Quote(table);
        string c = Quote(column);
        string join = Quote(table + "_links");
        using var project = new TestProject($"""
            CREATE TABLE victim (id integer PRIMARY KEY);
            CREATE TABLE {t} ({c} text PRIMARY KEY, {Quote(column + "2")} text UNIQUE, {Quote(column + "3")} text REFERENCES {t} ({c}));
            CREATE TABLE {join} ({Quote("from " + column)} text REFERENCES {t}, {Quote("to " + column)} text REFERENCES {t} ({c}));
            """);
        project.Configure(table, new ModelOptions { JoinTables = new Dictionary<string, JoinTableOptions> { ["links"] = new(table + "_links", "from " + column, "to " + column) } });
        string json(string text) => System.Text.Json.JsonSerializer.Serialize(text);
        string records = $$$"""
            [{"model": {{{json(table)}}}, "pk": "k", "fields": {{{{json(column + "2")}}}: "x", {{{json(column + "3")}}}: ["y"], "links": [["y"], "k"]}},
             {"model": {{{json(table)}}}, "fields": {{{{json(column)}}}: "l", {{{json(column + "2")}}}: "y"}}]
            """;
        project.LoadJson(records);
        project.LoadJson(records);
        Assert.Equal("k|x|l;l|y|NULL", project.Rows($"SELECT * FROM {t} ORDER BY 1"));
        Assert.Equal("k|k;k|l", project.Rows($"SELECT * FROM {join} ORDER BY 1, 2"));

        FixtureException exception = project.RefusedJson($$$"""[{"model": {{{json(table)}}}, "pk": "m", "fields": {{{{json(column + "3")}}}: "nobody"}}]""");
        Assert.Equal(FixtureStage.Constraint, exception.Stage);
        Assert.Contains("nobody", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0L, project.Scalar("SELECT count(*) FROM victim"));
    }

    [Fact]
    public void Values_are_never_SQL()
    {
        using var project = new TestProject(Schema);
        const string text = "'); DROP TABLE blog_post; -- \" ? :x";
        project.LoadJson($$$"""[{"model": "blog.post", "pk": 1, "fields": {"title": {{{System.Text.Json.JsonSerializer.Serialize(text)}}}}}]""");
        Assert.Equal(text, project.Scalar("SELECT title FROM blog_post"));
    }

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private sealed class Listener(Action<LoadProgress> told) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => told(value);
    }

    private sealed class ForbiddenStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new UnauthorizedAccessException("no");
    }
}
