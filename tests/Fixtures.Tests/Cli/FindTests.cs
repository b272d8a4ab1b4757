using System.Text.Json;

namespace Fixtures.Tests.Cli;

public sealed class FindTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_directory_is_shown_with_what_is_there_and_what_matches()
    {
        _folder.Write("fixtures.config.json", """{"apps": ["blog", "shop"], "fixtureDirs": ["common"]}""");

        string[] lines = _folder.Run("find", "posts").Succeeded().Output.ReplaceLineEndings("\n").Split('\n');

        Assert.Matches(@"^posts: 2 file\(s\), \d+ file-system call\(s\)$", lines[0]);
        Assert.Matches(@"^  searched    \S*blog/fixtures  +2 files  posts\.json$", lines[1]);
        Assert.Matches(@"^              \S*shop/fixtures  +1 file  posts\.json$", lines[2]);
        Assert.Matches(@"^              \S*common +missing  -$", lines[3]);
        Assert.Contains($"  found       {_folder.At("blog/fixtures/posts.json")} (json)", lines);
        Assert.Contains($"              {_folder.At("shop/fixtures/posts.json")} (json)", lines);
    }

    [Fact]
    public void A_label_that_cannot_be_loaded_fails_the_command_and_the_others_are_shown()
    {
        CommandResult result = _folder.Run("find", "posts", "post");

        Assert.Equal((1, ""), (result.ExitCode, result.Error));
        Assert.Contains("posts: 2 file(s)", result.Output, StringComparison.Ordinal);
        Assert.Contains("  problem     No fixture named 'post' found.", result.Output, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'posts.json'?", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbosity_0_shows_problems_only_and_2_the_file_names()
    {
        Assert.Equal("", _folder.Run("find", "posts", "-v", "0").Succeeded().Output);
        Assert.StartsWith("nosuch: ", _folder.Run("find", "posts", "nosuch", "-v", "0").Output, StringComparison.Ordinal);
        Assert.Contains("posts.default.json.gz", _folder.Run("find", "posts", "-v", "2").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_a_report_for_each_label()
    {
        CommandResult result = _folder.Run("find", "posts.json", "./nosuch", "--app", "blog", "--json");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("error", result.Json.GetProperty("status").GetString());
        JsonElement[] labels = [.. result.Json.GetProperty("labels").EnumerateArray()];
        Assert.Equal(["label", "targets", "directories", "files", "fileSystemCalls"], labels[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal("posts.json", Assert.Single(labels[0].GetProperty("directories")[0].GetProperty("matches").EnumerateArray()).GetString());
        Assert.Equal("json", Assert.Single(labels[0].GetProperty("files").EnumerateArray()).GetProperty("format").GetString());
        Assert.Equal("./nosuch", labels[1].GetProperty("label").GetString());
        Assert.Single(labels[1].GetProperty("directories").EnumerateArray());
        Assert.StartsWith("No fixture named 'nosuch'", labels[1].GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_database_is_made_or_needed()
    {
        _folder.Write("fixtures.config.json", """{"apps": ["blog"]}""");
        _folder.Run("find", "posts").Succeeded();

        Assert.Empty(_folder.DatabaseFiles());
        _folder.Run("find", "posts", "--database", "nosuch").Failed("'nosuch'");
        _folder.Run("loaddata", "posts").Failed("There is no database 'default' in the configuration.");
    }

    [Fact]
    public void Standard_input_is_not_looked_for() => Assert.Contains("standard input", _folder.Run("find", "-").Output, StringComparison.Ordinal);
}
