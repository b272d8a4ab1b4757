using System.Diagnostics;
using System.Text;
using Fixtures.Cli;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Cli;

/// <summary>A small project in a temporary folder, and the command run on it. Its database is not there yet.</summary>
public sealed class CommandFolder : IDisposable
{
    public const string TwoPosts = """
        [{"model": "blog.post", "pk": 1, "fields": {"title": "One"}},
         {"model": "blog.post", "pk": 2, "fields": {"title": "Two"}}]
        """;

    public CommandFolder()
    {
        Write("fixtures.config.json", """
            {"databases": {"default": "Data Source=app.db", "other": "Data Source=other.db"}, "schema": ["schema.sql"], "apps": ["blog", "shop"]}
            """);
        Write("schema.sql", """
            CREATE TABLE blog_post (id INTEGER PRIMARY KEY, title varchar(20) NOT NULL);
            CREATE TABLE blog_comment (id INTEGER PRIMARY KEY, post_id INTEGER REFERENCES blog_post (id));
            """);
        Write("blog/fixtures/posts.json", TwoPosts);
        Write("blog/fixtures/comments.jsonl", """{"model": "blog.comment", "pk": 1, "fields": {"post": 7}}""");
        Write("shop/fixtures/posts.json", """[{"model": "blog.post", "pk": 3, "fields": {"title": "Three"}}]""");
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("fixtures-command-").FullName;

    public string Database => At("app.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        string path = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The database's files, new ones under another name included.</summary>
    public string[] DatabaseFiles() => [.. Directory.GetFiles(Path).Select(System.IO.Path.GetFileName).Where(name => name!.Contains(".db", StringComparison.Ordinal)).Order()!];

    public long Count(string table, string database = "app.db")
    {
        using SqliteConnection connection = Connect(database);
        return (long)Execute(connection, $"SELECT count(*) FROM {table}")!;
    }

    public SqliteConnection Connect(string database = "app.db")
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = At(database), Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    public static object? Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Runs the command in this process, with this project's configuration.</summary>
    internal CommandResult Run(params string[] args) => RunBare([.. args, "--config", Path]);

    internal CommandResult RunWithInput(string input, params string[] args) =>
        RunCancellable([.. args, "--config", Path], new MemoryStream(Encoding.UTF8.GetBytes(input)), CancellationToken.None);

    /// <summary>Runs the command in this process, with nothing but these arguments.</summary>
    internal static CommandResult RunBare(params string[] args) => RunCancellable(args, new MemoryStream(), CancellationToken.None);

    /// <summary>Runs the command in this process, with this project's configuration, where a person answers its questions.</summary>
    internal CommandResult RunAnswering(string answer, params string[] args) =>
        RunIn(isTerminal: true, [.. args, "--config", Path], () => new MemoryStream(Encoding.UTF8.GetBytes(answer)), CancellationToken.None);

    internal static CommandResult RunCancellable(string[] args, Stream input, CancellationToken cancellation) => RunIn(isTerminal: false, args, () => input, cancellation);

    internal static CommandResult RunIn(bool isTerminal, string[] args, Func<Stream> openInput, CancellationToken cancellation)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = CommandLine.Run(args, new Terminal(output, error, openInput, IsInputTerminal: isTerminal, IsErrorTerminal: isTerminal, DataFolder: "", cancellation));
        return new CommandResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs the command as a process of its own, in a folder of this project.</summary>
    internal CommandResult RunProcess(string[] args, string folder = ".", string input = "", params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [System.IO.Path.Combine(AppContext.BaseDirectory, "fixtures.dll"), .. args])
        {
            WorkingDirectory = At(folder),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("FIXTURES_CONFIG");
        start.Environment.Remove("FIXTURES_DATABASE");
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
