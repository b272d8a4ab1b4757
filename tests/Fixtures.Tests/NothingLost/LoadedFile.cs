using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.NothingLost;

/// <summary>A folder with a database file of old rows and a fixture of new ones, and processes of the command that load it.</summary>
internal sealed class LoadedFile : IDisposable
{
    public const int OldRows = 500;
    public const int NewRows = 20_000;

    private readonly TestProject _project = new();

    /// <param name="journalMode">DELETE or WAL.</param>
    public LoadedFile(string journalMode)
    {
        _project.Write("data.jsonl", string.Concat(Enumerable.Range(1, NewRows).Select(key => $$$"""{"model": "t", "pk": {{{key}}}, "fields": {"a": "new {{{key}}}"}}{{{'\n'}}}""")));
        Directory.CreateDirectory(At("db"));
        using SqliteConnection connection = Open();
        TestProject.Run(
            connection,
            $"""
            PRAGMA journal_mode = {journalMode};
            CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL UNIQUE);
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {OldRows}) INSERT INTO t SELECT i, 'old ' || i FROM n;
            """);
    }

    public string Fixture => At("data.jsonl");

    /// <summary>Where the database lies, and nothing else.</summary>
    public string Folder => At("db");

    public string Database => Path.Combine(Folder, "app.db");

    public string At(string name) => _project.At(name);

    public SqliteConnection Open(string options = "") => TestProject.Open($"Data Source={Database};Pooling=False;{options}");

    /// <summary>How many rows there are of each load, such as <c>old|500</c>, in a database that is whole.</summary>
    public string Rows() => Rows(Database);

    public static string Rows(string database)
    {
        using SqliteConnection connection = TestProject.Open($"Data Source={database};Pooling=False");
        Assert.Equal("ok", TestProject.Rows(connection, "PRAGMA integrity_check"));
        return TestProject.Rows(connection, "SELECT substr(a, 1, 3), count(*) FROM t GROUP BY 1");
    }

    /// <summary>Starts <c>fixtures loaddata</c> on the database.</summary>
    /// <param name="label">What to load; <c>-</c> reads JSON Lines from the process's input.</param>
    /// <param name="through">A program that starts the command, with its first arguments.</param>
    public Process Start(string label, params string[] through)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] line = [.. through, dotnet, "exec", Path.Combine(AppContext.BaseDirectory, "fixtures.dll"), "loaddata", label, .. label == "-" ? ["--format", "jsonl"] : (string[])[], "--connection", $"Data Source={Database};Default Timeout=1"];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _project.Path };
        start.Environment.Remove("FIXTURES_CONFIG");
        // Two views of each page of code are one file that a limit on files counts.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>Runs <c>fixtures loaddata</c> to its end.</summary>
    /// <returns>The exit code and what stands on standard error.</returns>
    public (int ExitCode, string Error) Load(params string[] through)
    {
        using Process process = Start(Fixture, through);
        process.StandardInput.Close();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    public void Dispose() => _project.Dispose();
}
