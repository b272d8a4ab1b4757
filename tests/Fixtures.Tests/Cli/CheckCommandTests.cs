using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Cli;

public sealed class CheckCommandTests : IDisposable
{
    private const string Wrong = """
        [{"model": "blog.post", "pk": 1, "fields": {"title": null}},
         {"model": "blog.post", "pk": 1, "note": 1, "fields": {"titel": "x"}}]
        """;

    private readonly CommandFolder _folder = new();

    public CheckCommandTests() => File.Delete(_folder.At("blog/fixtures/comments.jsonl"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_wrong_is_shown_with_its_lines_and_nothing_is_made()
    {
        _folder.Write("blog/fixtures/wrong.json", Wrong);

        CommandResult result = _folder.Run("check", "wrong");

        Assert.Equal(1, result.ExitCode);
        Assert.All(
            (string[])["wrong.json(1,54): blog.post pk=1: ", "wrong.json(2,56): blog.post pk=1: ", "Did you mean 'title'?", "warning: ", "wrong.json(2,34): ", "       ^"],
            part => Assert.Contains(part, result.Error, StringComparison.Ordinal));
        Assert.Equal("Checked 2 object(s) in 1 fixture(s): 2 error(s), 1 warning(s)", result.Output.TrimEnd());
        Assert.False(File.Exists(_folder.At("app.db")));
    }

    [Fact]
    public void Without_a_label_everything_is_checked()
    {
        string clean = _folder.Run("check").Succeeded().Output;
        _folder.Write("shop/fixtures/wrong.json", Wrong);

        Assert.EndsWith(": 0 error(s), 0 warning(s)", clean.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(1, _folder.Run("check").ExitCode);
        Assert.Equal(0, _folder.Run("check", "--app", "blog").ExitCode);
        _folder.Run("check", "--app", "blok").Failed("App 'blok' is not configured; did you mean 'blog'?");
    }

    [Fact]
    public void Warnings_alone_are_no_failure()
    {
        _folder.Write("blog/fixtures/odd.json", """[{"model": "blog.post", "pk": 1, "note": 1, "fields": {"title": "x"}}]""");
        CommandResult result = _folder.Run("check", "odd");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("warning: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_is_there_counts_and_stays_as_it_is()
    {
        _folder.Run("loaddata", "posts").Succeeded();
        byte[] before = File.ReadAllBytes(_folder.At("app.db"));
        File.SetAttributes(_folder.At("app.db"), FileAttributes.ReadOnly);

        _folder.Run("check", "posts").Succeeded();

        Assert.Equal(before, File.ReadAllBytes(_folder.At("app.db")));
        Assert.Equal(["app.db"], Directory.GetFiles(_folder.Path, "app.db*").Select(Path.GetFileName));
    }

    [Fact]
    public void Nothing_is_left_beside_a_database_in_WAL_mode()
    {
        _folder.Run("loaddata", "posts").Succeeded();
        using (SqliteConnection connection = _folder.Connect())
            CommandFolder.Execute(connection, "PRAGMA journal_mode = wal");

        _folder.Run("check").Succeeded();

        Assert.Equal(["app.db"], _folder.DatabaseFiles());
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--report=json")]
    public void Json_has_the_rule_of_each_error(string option)
    {
        _folder.Write("blog/fixtures/wrong.json", Wrong);

        JsonElement json = _folder.Run("check", "wrong", option).Json;

        Assert.Equal(["status", "stage", "database", "objects", "fixtures", "elapsedMs", "warnings", "warningCount", "errors", "errorCount"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["constraint", "map"], json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("rule").GetString()));
        Assert.Equal(("error", 2, 1), (json.GetProperty("status").GetString(), json.GetProperty("errorCount").GetInt32(), json.GetProperty("warningCount").GetInt32()));
    }

    [Fact]
    public void Sarif_has_a_result_for_each_problem_with_its_rule_and_place()
    {
        _folder.Write("blog/fixtures/wrong #1.json", Wrong);

        CommandResult result = _folder.Run("check", "wrong #1", "--report", "sarif");

        Assert.Equal(1, result.ExitCode);
        JsonElement run = Assert.Single(JsonDocument.Parse(result.Output).RootElement.GetProperty("runs").EnumerateArray());
        JsonElement[] rules = [.. run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()];
        Assert.Equal(Enum.GetValues<CheckRule>().Length, rules.Length);
        Assert.Equal(["constraint error 1:54", "unknown-member warning 2:34", "map error 2:56"], run.GetProperty("results").EnumerateArray().Select(Describe));

        string Describe(JsonElement found)
        {
            JsonElement place = found.GetProperty("locations")[0].GetProperty("physicalLocation");
            Assert.EndsWith("blog/fixtures/wrong%20%231.json", place.GetProperty("artifactLocation").GetProperty("uri").GetString(), StringComparison.Ordinal);
            Assert.Equal(found.GetProperty("ruleId").GetString(), rules[found.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            JsonElement region = place.GetProperty("region");
            return $"{found.GetProperty("ruleId")} {found.GetProperty("level")} {region.GetProperty("startLine")}:{region.GetProperty("startColumn")}";
        }
    }

    [Fact]
    public void Sarif_says_so_where_nothing_can_be_checked()
    {
        CommandResult result = _folder.Run("check", "nothing", "--report", "sarif");

        JsonElement run = JsonDocument.Parse(result.Output).RootElement.GetProperty("runs")[0];
        Assert.Equal((1, 0), (result.ExitCode, run.GetProperty("results").GetArrayLength()));
        JsonElement invocation = run.GetProperty("invocations")[0];
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Contains("No fixture named 'nothing'", invocation.GetProperty("toolExecutionNotifications")[0].GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_checked_is_refused()
    {
        _folder.Run("check", "-").Failed("Standard input is not checked");
        Assert.Equal(2, _folder.Run("check", "--report", "xml").ExitCode);
        Assert.Contains("Did you mean '--report'?", _folder.Run("check", "--reprot", "json").Error, StringComparison.Ordinal);
    }
}
