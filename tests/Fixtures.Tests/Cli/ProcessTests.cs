using System.Text.Json;

namespace Fixtures.Tests.Cli;

/// <summary>What depends on the process: its current directory, environment, streams and exit code.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_configuration_is_found_upwards_and_paths_are_shown_from_here()
    {
        CommandResult result = _folder.RunProcess(["loaddata", "posts", "-v", "2"], "blog");

        Assert.Matches(@"^fixtures/posts\.json: 2 object\(s\)", result.Succeeded().Output);
        Assert.Equal(["app.db"], _folder.DatabaseFiles());

        _folder.Write("blog/fixtures/bad.json", "[\n!");
        Assert.StartsWith("fixtures/bad.json(2,1): ", _folder.RunProcess(["loaddata", "bad"], "blog").Failed().Error, StringComparison.Ordinal);
        _folder.RunProcess(["loaddata", "nosuch"]).Failed("Searched 'blog/fixtures', 'shop/fixtures', '.'.");
    }

    [Fact]
    public void A_dot_label_means_the_current_directory_or_the_app()
    {
        _folder.Write("posts.json", """[{"model": "blog.post", "pk": 9, "fields": {"title": "Here"}}]""");

        Assert.StartsWith("Installed 1 object(s) from 1", _folder.RunProcess(["loaddata", "./posts"]).Succeeded().Output, StringComparison.Ordinal);
        Assert.StartsWith("Installed 2 object(s) from 1", _folder.RunProcess(["loaddata", "./posts", "--app", "blog"]).Succeeded().Output, StringComparison.Ordinal);
        Assert.StartsWith("Installed 4 object(s) from 3", _folder.RunProcess(["loaddata", "posts"]).Succeeded().Output, StringComparison.Ordinal);
        Assert.StartsWith("./posts: 1 file(s)", _folder.RunProcess(["find", "./posts"]).Succeeded().Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_environment_beats_the_configuration_and_the_command_line_beats_both(bool named)
    {
        (string, string) variable = ("FIXTURES_DATABASE", "Data Source=environment.db");
        string[] config = named ? ["--config", "fixtures.config.json"] : [];

        _folder.RunProcess(["loaddata", "posts", .. config], environment: variable).Succeeded();
        _folder.RunProcess(["loaddata", "posts", "--connection", "given.db", .. config], environment: variable).Succeeded();

        Assert.Equal(["environment.db", "given.db"], _folder.DatabaseFiles());
        _folder.RunProcess(["loaddata", "posts", .. config], environment: ("FIXTURES_DATABASE", "app.db")).Failed("FIXTURES_DATABASE", "'app.db' is not a connection string");
    }

    [Fact]
    public void Without_configuration_a_connection_is_enough()
    {
        _folder.Run("loaddata", "posts", "--app", "shop").Succeeded();
        File.Delete(_folder.At("fixtures.config.json"));

        Assert.StartsWith("Installed 2 object(s) from 1", _folder.RunProcess(["loaddata", "posts", "--connection", "../../app.db"], "blog/fixtures").Succeeded().Output, StringComparison.Ordinal);
        _folder.RunProcess(["loaddata", "posts"], "blog/fixtures").Failed("No 'fixtures.config.json' was found", "--config", "--connection");
        _folder.RunProcess(["loaddata", "posts", "--connection", "../../new.db"], "blog/fixtures").Failed("There is no database", "new.db'");
    }

    [Fact]
    public void Json_on_standard_output_is_utf8_and_alone()
    {
        CommandResult result = _folder.RunProcess(["loaddata", "-", "--format", "json", "--json"], input: CommandFolder.TwoPosts);
        JsonElement json = result.Json;

        Assert.Equal((0, "app.db", 2), (result.ExitCode, json.GetProperty("database").GetString(), json.GetProperty("objects").GetInt32()));
        Assert.Equal("-", json.GetProperty("files")[0].GetProperty("path").GetString());

        CommandResult failed = _folder.RunProcess(["loaddata", "müll", "--json"]);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("'müll'", failed.Json.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_exit_code_2_has_no_json() => _folder.RunProcess(["loaddata", "posts", "--json", "--nosuch"]).NotUnderstood("Unknown option '--nosuch'.");
}
