using System.Globalization;
using System.IO.Pipes;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Cli;

public sealed class LoadDataTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void One_line_says_what_was_installed()
    {
        Assert.Equal("Installed 3 object(s) from 2 fixture(s)\n", _folder.Run("loaddata", "posts").Succeeded().Output.ReplaceLineEndings("\n"));
        Assert.Equal(3, _folder.Count("blog_post"));
    }

    [Fact]
    public void App_leaves_one_app() =>
        Assert.StartsWith("Installed 1 object(s) from 1 fixture(s)", _folder.Run("loaddata", "posts", "--app", "shop").Succeeded().Output, StringComparison.Ordinal);

    [Fact]
    public void Verbosity_0_is_silent_and_2_names_each_fixture()
    {
        Assert.Equal("", _folder.Run("loaddata", "posts", "-v", "0").Succeeded().Output);

        string[] lines = _folder.Run("loaddata", "posts", "-v", "2").Succeeded().Output.Split('\n');
        Assert.Matches(@"posts\.json: 2 object\(s\), \d+\.\d ms$", lines[0].TrimEnd());
        Assert.Matches(@"posts\.json: 1 object\(s\), \d+\.\d ms$", lines[1].TrimEnd());
        Assert.StartsWith("Installed 3", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Excluded_records_are_counted_and_not_saved()
    {
        _folder.Write("blog/fixtures/mixed.json", """
            [{"model": "blog.post", "pk": 1, "fields": {"title": "One"}}, {"model": "blog.comment", "pk": 1, "fields": {"post": 1}}]
            """);

        Assert.StartsWith("Installed 1 object(s) (of 2) from 1 fixture(s)", _folder.Run("loaddata", "mixed", "-e", "blog.comment").Succeeded().Output, StringComparison.Ordinal);
        Assert.StartsWith("Installed 0 object(s) (of 2)", _folder.Run("loaddata", "mixed", "-e", "blog.comment", "--exclude", "blog.post").Succeeded().Output, StringComparison.Ordinal);
        _folder.Run("loaddata", "mixed", "-e", "nosuch").Failed("Cannot exclude 'nosuch'");
    }

    [Fact]
    public void Unknown_models_and_fields_are_passed_over_with_i()
    {
        _folder.Write("blog/fixtures/old.json", """
            [{"model": "blog.post", "pk": 1, "fields": {"title": "One", "gone": 1}}, {"model": "blog.gone", "pk": 1, "fields": {}}]
            """);

        _folder.Run("loaddata", "old").Failed("gone");
        Assert.StartsWith("Installed 1 object(s)", _folder.Run("loaddata", "old", "-i").Succeeded().Output, StringComparison.Ordinal);
        Assert.StartsWith("Installed 1 object(s)", _folder.Run("loaddata", "old", "--ignorenonexistent").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dash_reads_standard_input()
    {
        Assert.StartsWith("Installed 2 object(s) from 1 fixture(s)", _folder.RunWithInput(CommandFolder.TwoPosts, "loaddata", "-", "--format", "json").Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(2, _folder.Count("blog_post"));

        _folder.RunWithInput("[{", "loaddata", "-", "--format=json").Failed("-(1,");
        _folder.RunWithInput(CommandFolder.TwoPosts, "loaddata", "-").Failed("The format must be specified");
    }

    [Theory]
    [InlineData("-")]
    [InlineData("posts")]
    public void A_wrong_format_is_an_error_whatever_is_read(string label)
    {
        _folder.Run("loaddata", label, "--format", "csv").Failed("'csv' is not a known serialization format");

        Assert.Empty(_folder.DatabaseFiles());
    }

    [Fact]
    public void A_format_that_no_label_uses_is_a_warning()
    {
        CommandResult result = _folder.Run("loaddata", "posts", "--format", "yaml");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("Installed 3", result.Output, StringComparison.Ordinal);
        Assert.StartsWith("warning: --format ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_fixture_is_a_warning()
    {
        _folder.Write("blog/fixtures/empty.json", "[]");

        CommandResult result = _folder.Run("loaddata", "empty");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("warning: No fixture data found for 'empty'. (The file may be empty.)", Assert.Single(result.ErrorLines));

        JsonElement json = _folder.Run("loaddata", "empty", "--json").Json;
        Assert.Equal("No fixture data found for 'empty'. (The file may be empty.)", Assert.Single(json.GetProperty("warnings").EnumerateArray()).GetString());
    }

    [Fact]
    public void A_dry_run_says_so_and_leaves_the_rows_as_they_were()
    {
        _folder.Run("loaddata", "posts", "--app", "shop").Succeeded();

        CommandResult result = _folder.Run("loaddata", "posts", "--dry-run").Succeeded();

        Assert.Equal("Would install 3 object(s) from 2 fixture(s) (dry run, nothing is kept)", result.Output.TrimEnd());
        Assert.Equal(1, _folder.Count("blog_post"));
        Assert.True(_folder.Run("loaddata", "posts", "--dry-run", "--json").Json.GetProperty("dryRun").GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData(";Foreign Keys=False")]
    public void A_dry_run_checks_foreign_keys(string more) =>
        _folder.Run("loaddata", "comments", "--dry-run", "--connection", $"Data Source={_folder.Database}{more}").Failed("blog.comment pk=1", "(blog_comment.post_id) refers to blog_post 7");

    [Fact]
    public void A_load_that_fails_leaves_the_rows_as_they_were()
    {
        _folder.Run("loaddata", "posts", "--app", "shop").Succeeded();

        _folder.Run("loaddata", "posts", "comments").Failed("blog.comment pk=1");

        Assert.Equal(1, _folder.Count("blog_post"));
    }

    [Fact]
    public void An_alias_names_the_database_and_the_fixtures_for_it()
    {
        _folder.Write("blog/fixtures/solo.other.json", CommandFolder.TwoPosts);

        _folder.Run("loaddata", "solo", "--database", "other").Succeeded();

        Assert.Equal(2, _folder.Count("blog_post", "other.db"));
        _folder.Run("loaddata", "solo").Failed("No fixture named 'solo'");
    }

    [Fact]
    public void An_unknown_alias_is_refused_unless_the_database_is_given()
    {
        _folder.Run("loaddata", "posts", "--database", "nosuch").Failed("'nosuch'", "'default', 'other'");

        _folder.Run("loaddata", "posts", "--database", "nosuch", "--connection", _folder.At("third.db")).Succeeded();
        Assert.Equal(3, _folder.Count("blog_post", "third.db"));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("Data Source={0}")]
    [InlineData("datasource={0};Default Timeout=1")]
    [InlineData("FILENAME={0}")]
    [InlineData("Data Source=file:{0}")]
    [InlineData("Data Source=file:{0}?mode=rwc")]
    [InlineData("Data Source=file://{0}")]
    public void A_connection_is_a_file_or_a_connection_string(string connection)
    {
        string file = _folder.At("x=1 y.db");

        string value = string.Format(CultureInfo.InvariantCulture, connection, file);
        _folder.Run("loaddata", "posts", "--connection", value).Succeeded();
        _folder.Run("loaddata", "posts", "--connection", value).Succeeded();

        Assert.Equal(3, _folder.Count("blog_post", "x=1 y.db"));
        Assert.Equal(["x=1 y.db"], _folder.DatabaseFiles());
    }

    [Theory]
    [InlineData(":memory:")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=fixtures-command;Mode=Memory")]
    [InlineData("Data Source=file:fixtures-command?mode=memory")]
    public void A_database_in_memory_may_be_loaded_into(string connection)
    {
        _folder.Run("loaddata", "posts", "--connection", connection).Succeeded();

        Assert.Empty(_folder.DatabaseFiles());
    }

    [Fact]
    public void A_connection_string_that_cannot_be_read_is_refused() =>
        _folder.Run("loaddata", "posts", "--connection", "Data Source=x;Nonsense=1").Failed("--connection: 'Data Source=x;Nonsense=1' is not a connection string");

    [Fact]
    public void A_cancelled_load_keeps_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        CommandResult result = CommandFolder.RunCancellable(["loaddata", "posts", "--config", _folder.Path, "--json"], Stream.Null, cancelled.Token);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("cancelled", result.Json.GetProperty("stage").GetString());
        Assert.Empty(_folder.DatabaseFiles());
    }

    [Fact]
    public void A_load_that_waits_for_standard_input_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        using var waiting = new AnonymousPipeServerStream(PipeDirection.In);
        CommandResult result = CommandFolder.RunCancellable(["loaddata", "-", "--format", "json", "--config", _folder.Path, "--json"], waiting, cancellation.Token);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("cancelled", result.Json.GetProperty("stage").GetString());
        Assert.Empty(_folder.DatabaseFiles());
    }

    [Fact]
    public void The_samples_load_in_one_call()
    {
        string samples = Samples();
        string[] labels = ["testdata", "archive", "orders", "reviews", "gifts", "catalogue", "countries", "tags", "drafts", "2024/january", "authors"];

        CommandResult result = CommandFolder.RunBare(["loaddata", .. labels, "--config", samples, "--connection", _folder.At("samples.db")]);

        Assert.Equal("Installed 301 object(s) from 12 fixture(s)", result.Succeeded().Output.TrimEnd());
        using SqliteConnection connection = _folder.Connect("samples.db");
        Assert.Null(CommandFolder.Execute(connection, "PRAGMA foreign_key_check"));
    }

    private static string Samples()
    {
        string? folder = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(folder, "fixtures-samples")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The samples are not above the tests.");
        return Path.Combine(folder, "fixtures-samples");
    }
}
