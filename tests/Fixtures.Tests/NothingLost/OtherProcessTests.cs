using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Tests.NothingLost;

/// <summary>A database that another process has locked: one that loads its standard input, and has not seen the end of it.</summary>
public sealed class OtherProcessTests
{
    private const string Record = """{"model": "t", "pk": 0, "fields": {"a": "own 0"}}""";

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public async Task A_load_is_refused_while_another_process_loads_and_both_keep_what_is_theirs(string journalMode)
    {
        using var file = new LoadedFile(journalMode);
        using Process other = StartAndWaitForLock(file);

        (int exitCode, string error) = file.Load();
        Assert.Equal(1, exitCode);
        Assert.Contains("is locked by another connection", error, StringComparison.Ordinal);
        using (SqliteConnection connection = file.Open("Default Timeout=1"))
        {
            FixtureException exception = Assert.Throws<FixtureException>(() => new FixtureLoader(new FixtureOptions()).LoadInto(connection, file.Fixture));
            Assert.Equal(FixtureStage.Database, exception.Stage);
            Assert.False(Saving.TransactionTests.InTransaction(connection));
        }
        Assert.Equal("old|500", file.Rows());

        await End(other);
        Assert.Equal((0, ""), file.Load());
        Assert.Equal("new|20000;own|1", file.Rows());
    }

    [Fact]
    public async Task A_load_waits_for_the_process_that_has_the_lock()
    {
        using var file = new LoadedFile("DELETE");
        using Process other = StartAndWaitForLock(file);
        using SqliteConnection connection = file.Open("Default Timeout=600");
        Task<LoadReport> load = Task.Run(() => new FixtureLoader(new FixtureOptions()).LoadInto(connection, file.Fixture), TestContext.Current.CancellationToken);

        await End(other);

        Assert.Equal(LoadedFile.NewRows, (await load).Objects);
        Assert.Equal("new|20000;own|1", file.Rows());
    }

    [Theory]
    [InlineData("DELETE")]
    [InlineData("WAL")]
    public void A_process_that_is_killed_leaves_no_lock_and_no_row(string journalMode)
    {
        using var file = new LoadedFile(journalMode);
        using (Process other = StartAndWaitForLock(file))
        {
            other.Kill();
            other.WaitForExit();
        }
        Assert.Equal("old|500", file.Rows());
        Assert.Equal((0, ""), file.Load());
    }

    private static Process StartAndWaitForLock(LoadedFile file)
    {
        Process other = file.Start("-");
        other.StandardInput.WriteLine(Record);
        other.StandardInput.Flush();
        using SqliteConnection connection = file.Open();
        while (raw.sqlite3_exec(connection.Handle!, "BEGIN IMMEDIATE") == raw.SQLITE_OK)
        {
            Assert.False(other.HasExited);
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(connection.Handle!, "ROLLBACK"));
            Thread.Sleep(10);
        }
        return other;
    }

    private static async Task End(Process other)
    {
        other.StandardInput.Close();
        await other.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, other.ExitCode);
    }
}
