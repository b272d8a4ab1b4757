using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Cli;

public sealed class DatabaseErrorsTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("BEGIN IMMEDIATE", "")]
    [InlineData("BEGIN IMMEDIATE", "--dry-run")]
    [InlineData("BEGIN EXCLUSIVE", "")]
    public void A_locked_database_is_said_to_be_locked(string lockIt, string option)
    {
        _folder.Run("loaddata", "posts", "--app", "shop").Succeeded();
        using SqliteConnection other = _folder.Connect();
        CommandFolder.Execute(other, lockIt);

        string[] options = option.Length > 0 ? [option] : [];
        string connection = $"Data Source={_folder.Database};Default Timeout=1";
        _folder.Run(["loaddata", "posts", "--connection", connection, .. options]).Failed("app.db", "is locked", "Default Timeout");

        JsonElement json = _folder.Run(["loaddata", "posts", "--json", "--connection", connection, .. options]).Json;
        Assert.Equal("database", json.GetProperty("stage").GetString());
        CommandFolder.Execute(other, "ROLLBACK");
        Assert.Equal(1, _folder.Count("blog_post"));
    }

    [Theory]
    [InlineData("50%20 off#1.db", "{0}")]
    [InlineData("it's = new.db", "{0}")]
    [InlineData("plain.db", "Data Source={0}")]
    [InlineData("plain.db", "data source= {0} ")]
    [InlineData("plain.db", "Data Source = {0}")]
    [InlineData("plain.db", "datasource = {0};Foreign Keys=False")]
    [InlineData("it's = new.db", "Data Source=\"{0}\"")]
    [InlineData("plain.db", "Data Source={0};Default Timeout=5")]
    public void A_database_is_opened_under_its_own_name(string name, string connection)
    {
        using (SqliteConnection made = _folder.Connect(name))
            CommandFolder.Execute(made, "CREATE TABLE blog_post (id INTEGER PRIMARY KEY, title varchar(20) NOT NULL)");
        string[] files = _folder.DatabaseFiles();

        _folder.Run("loaddata", "posts", "--app", "shop", "--connection", string.Format(CultureInfo.InvariantCulture, connection, _folder.At(name))).Succeeded();
        Assert.Equal(1, _folder.Count("blog_post", name));
        Assert.Equal(files, _folder.DatabaseFiles());
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_and_stays()
    {
        string text = new('x', 2000);
        _folder.Write("app.db", text);

        _folder.Run("loaddata", "posts").Failed("app.db' is not a SQLite database.");

        Assert.Equal(text, File.ReadAllText(_folder.Database));
    }

    [Fact]
    public void A_directory_is_refused() => _folder.Run("loaddata", "posts", "--connection", _folder.Path).Failed($"'{_folder.Path}' is a directory.");

    [Fact]
    public void A_missing_directory_is_named() =>
        _folder.Run("loaddata", "posts", "--connection", _folder.At("nosuch/x.db")).Failed($"There is no directory '{_folder.At("nosuch")}'", "'x.db'");

    [Fact]
    public void A_read_only_database_is_refused()
    {
        _folder.Run("loaddata", "posts", "--app", "shop").Succeeded();

        _folder.Run("loaddata", "posts", "--connection", $"Data Source={_folder.Database};Mode=ReadOnly").Failed("app.db' is read-only");

        Assert.Equal(1, _folder.Count("blog_post"));
    }

    [Fact]
    public void A_password_is_refused_in_one_line() =>
        Assert.Single(_folder.Run("loaddata", "posts", "--connection", $"Data Source={_folder.Database};Password=secret").Failed("cannot be opened").ErrorLines);
}
