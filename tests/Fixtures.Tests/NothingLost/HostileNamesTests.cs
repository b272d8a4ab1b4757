using System.Text.Json;

namespace Fixtures.Tests.NothingLost;

/// <summary>Names that try to be SQL or a path. What they are called in the database, they may be; nothing else comes of them.</summary>
public sealed class HostileNamesTests
{
    private const string Drop = "; DROP TABLE victim; --";

    [Theory]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("`")]
    [InlineData("[")]
    [InlineData("]")]
    [InlineData("\\")]
    [InlineData("\n")]
    [InlineData("\u001B[31m")]
    [InlineData("\u202E")]
    public void Tables_columns_and_indexes_may_be_called_anything(string quote)
    {
        string table = $"t{quote}){Drop}";
        string column = $"c{quote}) VALUES (1){Drop}";
        using var project = new TestProject($"""
            CREATE TABLE victim (id integer PRIMARY KEY);
            CREATE TABLE {Quote(table)} (id integer PRIMARY KEY, {Quote(column)} text NOT NULL, {Quote("r" + column)} integer REFERENCES {Quote(table)});
            CREATE UNIQUE INDEX {Quote($"i{quote}){Drop}")} ON {Quote(table)} ({Quote(column)});
            """);

        project.LoadJson($$$"""
            [{"model": {{{Json(table)}}}, "fields": {{{{Json(column)}}}: {{{Json(quote + Drop)}}}}},
             {"model": {{{Json(table)}}}, "pk": 5, "fields": {{{{Json(column)}}}: "x", {{{Json("r" + column)}}}: [{{{Json(quote + Drop)}}}]}}]
            """);

        Assert.Equal($"1|{quote + Drop}|NULL;5|x|1", project.Rows($"SELECT * FROM {Quote(table)}"));
        Assert.Equal(FixtureStage.Constraint, project.RefusedJson($$$"""[{"model": {{{Json(table)}}}, "pk": 6, "fields": {{{{Json("r" + column)}}}: 7}}]""").Stage);
        Assert.Equal(2, new FixtureLoader(project.Options).Flush(project.Connection).RowsDeleted);
        Assert.Equal(0L, project.Scalar("SELECT count(*) FROM victim"));
    }

    [Theory]
    [InlineData("t\0")]
    [InlineData("t\n")]
    [InlineData("t\"" + Drop)]
    [InlineData("t]" + Drop)]
    [InlineData("t.a' OR 1 = 1" + Drop)]
    [InlineData("t\u001B[2J")]
    [InlineData("sqlite_schema")]
    [InlineData("pragma_table_info('t')")]
    public void A_model_or_field_that_is_not_there_is_refused(string name)
    {
        using var project = new TestProject("CREATE TABLE victim (id integer PRIMARY KEY); CREATE TABLE t (id integer PRIMARY KEY, a text)");

        Assert.Equal(FixtureStage.Map, project.RefusedJson($$$"""[{"model": {{{Json(name)}}}, "pk": 1, "fields": {}}]""").Stage);
        Assert.Equal(FixtureStage.Map, project.RefusedJson($$$"""[{"model": "t", "pk": 1, "fields": {{{{Json(name)}}}: 1}}]""").Stage);
        Assert.Equal(0L, project.Scalar("SELECT (SELECT count(*) FROM victim) + (SELECT count(*) FROM t)"));
    }

    [Theory]
    [InlineData("../../data.json")]
    [InlineData("/etc/data.json")]
    [InlineData("..\\..\\data.json")]
    [InlineData("C:\\data.json")]
    [InlineData("data\0.json")]
    [InlineData("\u001B[2J\n")]
    public void The_name_of_what_is_in_a_zip_does_not_matter(string name)
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY)");
        File.WriteAllBytes(project.At("data.json.zip"), Extraction.Pack.Zip(System.IO.Compression.CompressionLevel.Optimal, (name, """[{"model": "t", "pk": 1, "fields": {}}]"""u8.ToArray())));

        project.Load("data");

        Assert.Equal("1", project.Rows("SELECT * FROM t"));
        Assert.Equal([project.At("data.json.zip")], Directory.GetFileSystemEntries(project.Path));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\r")]
    [InlineData("'" + Drop)]
    [InlineData("\u001B[31m")]
    [InlineData("../../../../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("*")]
    public void A_label_that_is_no_fixture_is_refused(string label)
    {
        using var project = new TestProject();

        Assert.Equal(FixtureStage.Resolve, project.Refused(label).Stage);
    }

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
