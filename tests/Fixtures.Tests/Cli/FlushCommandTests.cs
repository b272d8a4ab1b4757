using System.IO.Pipes;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Cli;

public sealed class FlushCommandTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public FlushCommandTests()
    {
        _folder.Run("loaddata", "posts").Succeeded();
        _folder.Write("shop/fixtures/initial_data.json", """[{"model": "blog.post", "pk": 1, "fields": {"title": "Initial"}}]""");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_question_all_rows_go_and_initial_data_comes()
    {
        CommandResult result = _folder.Run("flush", "--noinput").Succeeded();

        Assert.Equal("Deleted 3 row(s), installed 1 object(s) from 1 fixture(s)", result.Output.TrimEnd());
        Assert.Equal(1, _folder.Count("blog_post"));
    }

    [Theory]
    [InlineData("--no-initial-data")]
    [InlineData("--app=blog")]
    public void Without_initial_data_only_the_deleted_rows_are_told(string option)
    {
        Assert.Equal("Deleted 3 row(s)", _folder.Run("flush", "--noinput", option).Succeeded().Output.TrimEnd());

        Assert.Equal(0, _folder.Count("blog_post"));
    }

    [Fact]
    public void Verbosity_0_says_nothing_and_2_names_the_fixtures()
    {
        Assert.Equal("", _folder.Run("flush", "--noinput", "-v", "0").Succeeded().Output);
        Assert.Contains("initial_data.json: 1 object(s)", _folder.Run("flush", "--noinput", "-v", "2").Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_deleted_rows()
    {
        JsonElement json = _folder.Run("flush", "--noinput", "--json").Json;

        Assert.Equal(["status", "database", "rowsDeleted", "objects", "objectsInFixtures", "fixtures", "elapsedMs", "files"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("ok", 3, 1), (json.GetProperty("status").GetString(), json.GetProperty("rowsDeleted").GetInt32(), json.GetProperty("objects").GetInt32()));
    }

    [Fact]
    public void Where_no_one_can_be_asked_it_is_refused()
    {
        _folder.Run("flush").Failed("This deletes 3 row(s) of 1 table(s) in '", "app.db'.", "add --noinput", "Nothing was changed.");
        Assert.Equal("cancelled", _folder.Run("flush", "--json").Json.GetProperty("stage").GetString());
        _folder.RunProcess(["flush"], input: "y\n").Failed("in 'app.db'", "--noinput");

        Assert.Equal(3, _folder.Count("blog_post"));
    }

    [Theory]
    [InlineData("y\n")]
    [InlineData(" YES \r\n")]
    public void The_question_names_the_database_and_what_is_at_stake(string answer)
    {
        CommandResult result = _folder.RunAnswering(answer, "flush");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal($"This deletes 3 row(s) of 1 table(s) in '{_folder.Database}'. Continue? [y/N] ", result.Error);
        Assert.StartsWith("Deleted 3 row(s), ", result.Output, StringComparison.Ordinal);
        Assert.Equal(1, _folder.Count("blog_post"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("n\n")]
    [InlineData("yy\n")]
    [InlineData("ja\n")]
    public void Any_other_answer_changes_nothing(string answer)
    {
        _folder.RunAnswering(answer, "flush").Failed("Continue? [y/N] ", "nothing was changed");

        Assert.Equal(3, _folder.Count("blog_post"));
    }

    [Fact]
    public void The_question_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        using var waiting = new AnonymousPipeServerStream(PipeDirection.In);

        CommandResult result = CommandFolder.RunIn(isTerminal: true, ["flush", "--config", _folder.Path], () => waiting, cancellation.Token).Failed("Continue? [y/N] ");

        Assert.Contains("Cancelled: nothing was changed.", result.ErrorLines[1], StringComparison.Ordinal);
        Assert.Equal(3, _folder.Count("blog_post"));
    }

    [Fact]
    public void No_lock_is_held_while_the_question_waits()
    {
        CommandResult? meanwhile = null;

        CommandResult result = CommandFolder.RunIn(isTerminal: true, ["flush", "--config", _folder.Path], LoadThenAnswer, CancellationToken.None);

        meanwhile!.Succeeded();
        Assert.Equal(0, result.ExitCode);

        Stream LoadThenAnswer()
        {
            meanwhile = _folder.Run("loaddata", "posts", "--connection", $"Data Source={_folder.Database};Default Timeout=1");
            return new MemoryStream("y\n"u8.ToArray());
        }
    }

    [Fact]
    public void An_error_in_initial_data_leaves_the_rows_as_they_were()
    {
        _folder.Write("blog/fixtures/initial_data.json", """[{"model": "blog.comment", "pk": 1, "fields": {"post": 99}}]""");

        _folder.Run("flush", "--noinput").Failed("blog.comment pk=1");

        Assert.Equal(3, _folder.Count("blog_post"));
    }

    [Fact]
    public void A_missing_database_is_refused_and_not_made()
    {
        File.Delete(_folder.Database);

        _folder.Run("flush", "--noinput").Failed("There is no database '", "app.db'");
        _folder.Run("flush", "--noinput", "--connection", _folder.At("nosuch/x.db")).Failed("There is no directory '");
        _folder.Run("flush", "--noinput", "--connection", ":memory:").Failed("has no tables");

        Assert.Empty(_folder.DatabaseFiles());
    }

    [Fact]
    public void A_database_without_tables_is_refused()
    {
        File.WriteAllBytes(_folder.Database, []);

        _folder.Run("flush", "--noinput").Failed("app.db' has no tables.", "loaddata");

        Assert.Empty(File.ReadAllBytes(_folder.Database));
    }

    [Theory]
    [InlineData("BEGIN IMMEDIATE")]
    [InlineData("BEGIN EXCLUSIVE")]
    public void A_locked_database_is_said_to_be_locked(string lockIt)
    {
        using SqliteConnection other = _folder.Connect();
        CommandFolder.Execute(other, lockIt);

        _folder.Run("flush", "--noinput", "--connection", $"Data Source={_folder.Database};Default Timeout=1").Failed("app.db", "is locked", "Default Timeout");

        CommandFolder.Execute(other, "ROLLBACK");
        Assert.Equal(3, _folder.Count("blog_post"));
    }

    [Fact]
    public void A_read_only_database_is_refused()
    {
        _folder.Run("flush", "--noinput", "--connection", $"Data Source={_folder.Database};Mode=ReadOnly").Failed("app.db' is read-only");

        Assert.Equal(3, _folder.Count("blog_post"));
    }
}
