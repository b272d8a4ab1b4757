using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Cli;

public sealed class NewDatabaseTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file_is_made_with_the_schema()
    {
        _folder.Run("loaddata", "posts").Succeeded();

        Assert.Equal(["app.db"], _folder.DatabaseFiles());
        Assert.Equal(3, _folder.Count("blog_post"));
        Assert.Equal(0, _folder.Count("blog_comment"));
    }

    [Fact]
    public void A_file_without_tables_is_new_and_keeps_its_permissions()
    {
        File.WriteAllText(_folder.Database, "");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.Database, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        _folder.Run("loaddata", "posts").Succeeded();

        Assert.Equal(3, _folder.Count("blog_post"));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Database));
    }

    [Fact]
    public void What_is_empty_but_no_file_is_not_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Pipes have no place in a folder there.");
        using (Process process = Process.Start("mkfifo", [_folder.Database]))
            process.WaitForExit();

        _folder.Run("loaddata", "posts").Failed("app.db", "is not a file that can hold a database");

        Assert.Equal(["app.db"], _folder.DatabaseFiles());
        Assert.Equal(0, new FileInfo(_folder.Database).Length);
    }

    [Fact]
    public void A_database_with_tables_is_not_given_the_schema()
    {
        using (SqliteConnection connection = _folder.Connect())
            CommandFolder.Execute(connection, "CREATE TABLE blog_post (id INTEGER PRIMARY KEY, title text)");

        _folder.Run("loaddata", "posts").Succeeded();

        Assert.Equal(3, _folder.Count("blog_post"));
        Assert.Throws<SqliteException>(() => _folder.Count("blog_comment"));
    }

    [Theory]
    [InlineData("comments", "(blog_comment.post_id) refers to blog_post 7")]
    [InlineData("nosuch", "No fixture named 'nosuch'")]
    public void A_load_that_fails_makes_no_file(string label, string part)
    {
        _folder.Run("loaddata", "posts", label).Failed(part);

        Assert.Empty(_folder.DatabaseFiles());
    }

    [Fact]
    public void A_load_that_fails_leaves_a_file_without_tables_as_it_was()
    {
        File.WriteAllText(_folder.Database, "");

        _folder.Run("loaddata", "posts", "comments").Failed("(blog_comment.post_id) refers to blog_post 7");

        Assert.Equal(["app.db"], _folder.DatabaseFiles());
        Assert.Equal(0, new FileInfo(_folder.Database).Length);
    }

    [Fact]
    public void A_schema_that_fails_makes_no_file()
    {
        string script = _folder.Write("schema.sql", "CREATE TABLE a (id);\nCREATE TABEL b (id);");

        _folder.Run("loaddata", "posts").Failed($"{script}(2,1): ");

        Assert.Empty(_folder.DatabaseFiles());
    }

    [Fact]
    public void A_dry_run_leaves_no_file()
    {
        Assert.StartsWith("Would install 3", _folder.Run("loaddata", "posts", "--dry-run").Succeeded().Output, StringComparison.Ordinal);

        Assert.Empty(_folder.DatabaseFiles());
    }

    [Fact]
    public void A_schema_in_wal_mode_leaves_one_file()
    {
        _folder.Write("schema.sql", "PRAGMA journal_mode = WAL; CREATE TABLE blog_post (id INTEGER PRIMARY KEY, title text);");

        _folder.Run("loaddata", "posts").Succeeded();

        Assert.Equal(["app.db"], _folder.DatabaseFiles());
        Assert.Equal(3, _folder.Count("blog_post"));
    }

    [Fact]
    public void A_link_leads_to_the_new_database_and_stays()
    {
        Directory.CreateDirectory(_folder.At("data"));
        File.CreateSymbolicLink(_folder.Database, _folder.At("data/real.db"));

        _folder.Run("loaddata", "posts").Succeeded();

        Assert.NotNull(new FileInfo(_folder.Database).LinkTarget);
        Assert.Equal(3, _folder.Count("blog_post", "data/real.db"));
    }

    [Theory]
    [InlineData("-wal")]
    [InlineData("-journal")]
    public void The_journal_of_another_database_is_refused(string suffix)
    {
        _folder.Write("app.db" + suffix, "old");

        _folder.Run("loaddata", "posts").Failed($"app.db{suffix}' belongs to another database");

        Assert.Equal(["app.db" + suffix], _folder.DatabaseFiles());
    }

    [Fact]
    public void A_missing_file_without_schema_is_refused()
    {
        _folder.Write("fixtures.config.json", """{"databases": {"default": "Data Source=app.db"}, "apps": ["blog"]}""");

        _folder.Run("loaddata", "posts").Failed("There is no database", "app.db'", "schema");

        Assert.Empty(_folder.DatabaseFiles());
    }

    [Fact]
    public void A_file_without_tables_and_without_schema_is_refused()
    {
        _folder.Write("fixtures.config.json", """{"databases": {"default": "Data Source=app.db"}, "apps": ["blog"]}""");
        File.WriteAllText(_folder.Database, "");

        _folder.Run("loaddata", "posts").Failed("blog.post");
    }

    [Theory]
    [InlineData("ReadOnly")]
    [InlineData("ReadWrite")]
    public void A_mode_that_makes_no_file_is_kept_to(string mode)
    {
        _folder.Run("loaddata", "posts", "--connection", $"Data Source={_folder.Database};Mode={mode}").Failed("There is no database", $"Mode={mode}");

        Assert.Empty(_folder.DatabaseFiles());
    }
}
