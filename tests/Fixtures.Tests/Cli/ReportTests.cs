using System.Text.Json;

namespace Fixtures.Tests.Cli;

public sealed class ReportTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_of_a_load_has_its_members_in_order()
    {
        JsonElement json = _folder.Run("loaddata", "posts", "-e", "blog", "--json").Json;

        Assert.Equal(["status", "database", "objects", "objectsInFixtures", "fixtures", "elapsedMs", "files"], Names(json));
        Assert.Equal("ok", json.GetProperty("status").GetString());
        Assert.Equal((0, 3, 2), (json.GetProperty("objects").GetInt32(), json.GetProperty("objectsInFixtures").GetInt32(), json.GetProperty("fixtures").GetInt32()));
        JsonElement file = json.GetProperty("files")[0];
        Assert.Equal(["path", "format", "objects", "elapsedMs"], Names(file));
        Assert.Equal(_folder.At("blog/fixtures/posts.json"), file.GetProperty("path").GetString());
    }

    [Fact]
    public void Json_of_an_error_has_the_place()
    {
        string file = _folder.Write("blog/fixtures/bad.json", """
            [{"model": "blog.post", "pk": "x",
              "fields": {"titel": "Ümlaut"}}]
            """);

        CommandResult result = _folder.Run("loaddata", "bad", "--dry-run", "--json", "-v", "3");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["status", "stage", "database", "dryRun", "errors", "errorCount"], Names(result.Json));
        Assert.Equal(("error", "map"), (result.Json.GetProperty("status").GetString(), result.Json.GetProperty("stage").GetString()));
        JsonElement error = Assert.Single(result.Json.GetProperty("errors").EnumerateArray());
        Assert.Equal(["message", "file", "line", "column", "model", "pk", "field"], Names(error));
        Assert.Equal((file, 2, "blog.post", "x", "titel"), (error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("model").GetString(), error.GetProperty("pk").GetString(), error.GetProperty("field").GetString()));
        Assert.Equal(1, result.Json.GetProperty("errorCount").GetInt32());
    }

    [Fact]
    public void Errors_begin_with_their_place()
    {
        string file = _folder.Write("blog/fixtures/bad.json", """[{"model": "blog.post", "pk": 1, "fields": {"titel": "x"}}]""");

        string line = _folder.Run("loaddata", "bad").Failed().ErrorLines[0];

        Assert.StartsWith($"{file}(1,", line, StringComparison.Ordinal);
        Assert.Contains("'titel'", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_ten_errors_are_shown_and_the_others_counted()
    {
        _folder.Write("blog/fixtures/many.jsonl", string.Join('\n', Enumerable.Range(1, 13).Select(key => $$$"""{"model": "blog.comment", "pk": {{{key}}}, "fields": {"post": 99}}""")));

        string[] lines = _folder.Run("loaddata", "many").Failed().ErrorLines;

        Assert.Equal(10, lines.Count(line => line.Contains("many.jsonl(", StringComparison.Ordinal)));
        Assert.Equal("... and 3 more", lines[^1]);
        Assert.Equal(13, _folder.Run("loaddata", "many", "--json").Json.GetProperty("errorCount").GetInt32());
    }

    [Fact]
    public void A_stack_trace_is_shown_at_verbosity_3_only()
    {
        Assert.DoesNotContain("   at ", _folder.Run("loaddata", "nosuch", "-v", "2").Failed().Error, StringComparison.Ordinal);
        Assert.Contains("   at Fixtures.", _folder.Run("loaddata", "nosuch", "-v", "3").Failed().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_configuration_is_an_error_with_its_place()
    {
        string config = _folder.Write("fixtures.config.json", "{\"database\": {}}");

        _folder.Run("loaddata", "posts").Failed($"{config}(1,2): ", "'databases'");
        Assert.Equal("config", _folder.Run("find", "posts", "--json").Json.GetProperty("stage").GetString());
    }

    private static string[] Names(JsonElement json) => [.. json.EnumerateObject().Select(member => member.Name)];
}
