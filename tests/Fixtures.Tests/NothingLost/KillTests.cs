using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.NothingLost;

/// <summary>A load that is killed at any moment leaves the rows of before or those of the fixture, and a database that is whole. FIXTURES_KILL_COUNT (10) makes longer runs.</summary>
public sealed class KillTests : IDisposable
{
    private const int OldRows = 500;
    private const int NewRows = 40_000;

    private readonly TestProject _project = new();

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public void Rows_are_all_old_or_all_new(string journalMode)
    {
        int count = int.Parse(Environment.GetEnvironmentVariable("FIXTURES_KILL_COUNT") ?? "10", CultureInfo.InvariantCulture);
        _project.Write("data.jsonl", string.Concat(Enumerable.Range(1, NewRows).Select(key => $$$"""{"model": "t", "pk": {{{key}}}, "fields": {"a": "new {{{key}}}"}}{{{'\n'}}}""")));
        var random = new Random(1);
        MakeDatabase(journalMode);
        long started = Stopwatch.GetTimestamp();
        using (Process whole = Start())
        {
            whole.WaitForExit();
            Assert.Equal(0, whole.ExitCode);
        }
        TimeSpan longest = Stopwatch.GetElapsedTime(started);
        Assert.Equal("new", State());

        for (int i = 0; i < count; i++)
        {
            MakeDatabase(journalMode);
            using Process load = Start();
            load.WaitForExit(longest * random.NextDouble());
            load.Kill();
            load.WaitForExit();

            Assert.Contains(State(), (string[])["old", "new"]);
        }
    }

    private void MakeDatabase(string journalMode)
    {
        foreach (string suffix in (string[])["", "-journal", "-wal", "-shm"])
            File.Delete(_project.At("app.db") + suffix);
        using SqliteConnection connection = Open();
        TestProject.Run(
            connection,
            $"""
            PRAGMA journal_mode = {journalMode};
            CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL UNIQUE);
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {OldRows}) INSERT INTO t SELECT i, 'old ' || i FROM n;
            """);
    }

    private string State()
    {
        using SqliteConnection connection = Open();
        Assert.Equal("ok", TestProject.Rows(connection, "PRAGMA integrity_check"));
        return TestProject.Rows(connection, "SELECT substr(a, 1, 3), count(*) FROM t GROUP BY 1") switch
        {
            "old|500" => "old",
            "new|40000" => "new",
            string rows => rows,
        };
    }

    private SqliteConnection Open() => TestProject.Open($"Data Source={_project.At("app.db")};Pooling=False");

    private Process Start()
    {
        string command = Path.Combine(AppContext.BaseDirectory, "fixtures.dll");
        return Process.Start(new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", command, "loaddata", _project.At("data.jsonl"), "--connection", _project.At("app.db")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
