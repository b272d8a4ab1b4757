using Fixtures.Testing;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Testing;

public sealed class TestDatabasePoolTests : IDisposable
{
    private readonly LoaderFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_database_comes_back_and_is_rented_again_as_new()
    {
        using TestDatabasePool pool = Pool(1);
        SqliteConnection connection;
        using (TestDatabase first = Rent(pool))
        {
            connection = first.Connection;
            TestProject.Run(connection, "DELETE FROM post; CREATE TABLE extra (a)");
        }

        using TestDatabase second = Rent(pool);

        Assert.Same(connection, second.Connection);
        Assert.Equal("2", TestProject.Rows(second.Connection, "SELECT count(*) FROM post"));
        Assert.Throws<SqliteException>(() => TestProject.Run(second.Connection, "SELECT * FROM extra"));
        Assert.Equal(2, second.Report.Objects);
    }

    public static TheoryData<string> Leftovers =>
    [
        "BEGIN", "BEGIN; DELETE FROM post", "CREATE TEMP TABLE scratch (a)", "ATTACH ':memory:' AS side", "PRAGMA foreign_keys = OFF", "PRAGMA locking_mode = EXCLUSIVE; DELETE FROM post",
        "PRAGMA ignore_check_constraints = ON", "PRAGMA query_only = ON",
    ];

    [Theory]
    [MemberData(nameof(Leftovers))]
    public void What_a_renter_left_behind_is_gone(string leftover)
    {
        using TestDatabasePool pool = Pool(1);
        using (TestDatabase first = Rent(pool))
            TestProject.Run(first.Connection, leftover);

        using TestDatabase second = Rent(pool);

        Assert.Equal("2", TestProject.Rows(second.Connection, "SELECT count(*) FROM post"));
        Assert.Equal("0|main", TestProject.Rows(second.Connection, "SELECT seq, name FROM pragma_database_list"));
        Assert.Equal("1", TestProject.Rows(second.Connection, "PRAGMA foreign_keys"));
        Assert.Equal("0", TestProject.Rows(second.Connection, "PRAGMA ignore_check_constraints"));
        using (SqliteConnection other = second.OpenConnection())
            TestProject.Run(other, "DELETE FROM post");
        using SqliteTransaction transaction = second.Connection.BeginTransaction();
    }

    [Fact]
    public void Whoever_waits_is_told_that_the_pool_was_disposed()
    {
        TestDatabasePool pool = Pool(1);
        using TestDatabase rented = Rent(pool);
        Exception? thrown = null;
        var waiting = new Thread(() => thrown = Record.Exception(() => pool.Rent(CancellationToken.None)));
        waiting.Start();
        while (waiting.ThreadState != ThreadState.WaitSleepJoin)
            Thread.Yield();

        pool.Dispose();

        Assert.True(waiting.Join(TimeSpan.FromSeconds(30)));
        Assert.IsType<ObjectDisposedException>(thrown);
    }

    [Fact]
    public void An_open_reader_and_open_connections_do_not_reach_the_next_renter()
    {
        using TestDatabasePool pool = Pool(1);
        TestDatabase first = Rent(pool);
        SqliteConnection other = first.OpenConnection();
        using SqliteCommand command = first.Connection.CreateCommand();
        command.CommandText = "SELECT * FROM post";
        using SqliteDataReader reader = command.ExecuteReader();
        Assert.True(reader.Read());
        using SqliteTransaction transaction = other.BeginTransaction(deferred: true);
        Assert.Equal("2", TestProject.Rows(other, "SELECT count(*) FROM post"));
        first.Dispose();

        using TestDatabase second = Rent(pool);

        TestProject.Run(second.Connection, "DELETE FROM post");
        Assert.Equal(System.Data.ConnectionState.Closed, other.State);
    }

    [Fact]
    public void A_database_whose_connection_was_closed_is_replaced()
    {
        using TestDatabasePool pool = Pool(1);
        using (TestDatabase first = Rent(pool))
            first.Connection.Close();

        using TestDatabase second = Rent(pool);

        Assert.Equal("2", TestProject.Rows(second.Connection, "SELECT count(*) FROM post"));
    }

    [Fact]
    public void To_give_back_twice_is_to_give_back_once()
    {
        using TestDatabasePool pool = Pool(1);
        TestDatabase first = Rent(pool);
        first.Dispose();
        using TestDatabase second = Rent(pool);

        first.Dispose();

        Assert.Throws<ObjectDisposedException>(() => first.Connection);
        using var soon = new CancellationTokenSource(50);
        Assert.Throws<OperationCanceledException>(() => pool.Rent(soon.Token));
    }

    [Fact]
    public async Task Whoever_finds_none_waits_for_one()
    {
        using TestDatabasePool pool = Pool(2);
        TestDatabase first = Rent(pool);
        using TestDatabase second = Rent(pool);
        Task<TestDatabase> third = Task.Run(() => Rent(pool), TestContext.Current.CancellationToken);
        Assert.False(third.IsCompleted);

        first.Dispose();

        using TestDatabase rented = await third;
        Assert.NotSame(second.Connection, rented.Connection);
    }

    [Fact]
    public void A_disposed_pool_lends_nothing_and_closes_what_comes_back()
    {
        TestDatabasePool pool = Pool(1);
        TestDatabase rented = Rent(pool);
        SqliteConnection connection = rented.Connection;
        pool.Dispose();
        Assert.Equal("2", TestProject.Rows(connection, "SELECT count(*) FROM post"));

        rented.Dispose();

        Assert.Equal(System.Data.ConnectionState.Closed, connection.State);
        Assert.Throws<ObjectDisposedException>(() => Rent(pool));
    }

    [Fact]
    public void It_has_one_database_a_core_unless_told_otherwise()
    {
        using TestDatabasePool pool = Pool(0);

        Assert.Equal(Environment.ProcessorCount, pool.Size);
    }

    private static TestDatabase Rent(TestDatabasePool pool) => pool.Rent(TestContext.Current.CancellationToken);

    private TestDatabasePool Pool(int size) => new(_folder.Loader(), ["posts"], size);
}
