using System.Text;
using Fixtures.Configuration;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Configuration;

public sealed class SchemaScriptsTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public SchemaScriptsTests() => _connection.Open();

    public void Dispose()
    {
        _connection.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Scripts_run_in_order_and_code_after_them()
    {
        Run(["CREATE TABLE a(x);", "INSERT INTO a VALUES (1); INSERT INTO a VALUES (2)"], connection => Execute(connection, "UPDATE a SET x = x * 10"));

        Assert.Equal(30L, Scalar("SELECT sum(x) FROM a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("-- nothing")]
    [InlineData("/* nothing */")]
    [InlineData("/* nothing")]
    [InlineData(";;")]
    public void A_script_without_statements_is_fine(string script)
    {
        Run([script, "CREATE TABLE a(x)"]);

        Assert.Equal(1L, Scalar("SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public void Comments_semicolons_and_triggers_do_not_end_a_script_early()
    {
        Run(["""
            -- It's a comment; with "quotes
            ;; CREATE TABLE a(x DEFAULT ';');
            /* ; */ CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = 'é;'; SELECT 1; END;
            INSERT INTO a DEFAULT VALUES; -- the end
            """]);

        Assert.Equal("é;", Scalar("SELECT x FROM a"));
    }

    [Fact]
    public void A_dump_runs_and_foreign_keys_are_as_before()
    {
        Run(["""
            PRAGMA foreign_keys=OFF;
            BEGIN TRANSACTION;
            CREATE TABLE child(parent REFERENCES parent(id));
            INSERT INTO child VALUES(1);
            CREATE TABLE parent(id INTEGER PRIMARY KEY);
            INSERT INTO parent VALUES(1);
            COMMIT;
            """]);

        Assert.Equal(1L, Scalar("PRAGMA foreign_keys"));
        Assert.Equal(1L, Scalar("SELECT count(*) FROM child"));
    }

    [Fact]
    public void Foreign_keys_that_were_off_stay_off()
    {
        Execute(_connection, "PRAGMA foreign_keys=OFF");

        Run(["PRAGMA foreign_keys=ON;", "CREATE TABLE a(x)"]);

        Assert.Equal(0L, Scalar("PRAGMA foreign_keys"));
    }

    [Fact]
    public void Each_script_begins_with_the_foreign_keys_of_the_connection()
    {
        FixtureError error = Refused([
            "PRAGMA foreign_keys=OFF; CREATE TABLE p(id INTEGER PRIMARY KEY); CREATE TABLE c(p REFERENCES p); INSERT INTO c VALUES(1);",
            "INSERT INTO c VALUES(2);"]);

        Assert.Contains("FOREIGN KEY constraint failed", error.Message, StringComparison.Ordinal);
        Assert.Equal(_folder.At("1.sql"), error.File);
    }

    [Fact]
    public void A_transaction_that_is_left_open_is_refused_where_it_begins_and_rolled_back()
    {
        FixtureError error = Refused(["CREATE TABLE a(x);\n  BEGIN;\nPRAGMA foreign_keys=OFF; CREATE TABLE b(x);"]);

        Assert.Equal((_folder.At("0.sql"), 2, 3), (error.File, error.Line, error.Column));
        Assert.Contains("COMMIT", error.Message, StringComparison.Ordinal);
        Assert.Equal("a", Scalar("SELECT group_concat(name) FROM sqlite_schema"));
        Assert.Equal(1L, Scalar("PRAGMA foreign_keys"));
    }

    [Theory]
    [InlineData("CREATE TABLE a(x);\n\n  /* é😀 */ CREATE TABEL b(x);\nSELECT 1;", 3, 13, "near \"TABEL\": syntax error")]
    [InlineData("CREATE TABLE a(x);\r\n-- é\r\nINSERT INTO b VALUES (1);", 3, 1, "no such table: b")]
    [InlineData("CREATE TABLE a(x NOT NULL); INSERT INTO a VALUES (1); INSERT INTO a VALUES (NULL);", 1, 55, "NOT NULL constraint failed: a.x")]
    [InlineData("CREATE TABLE a(x", 1, 1, "incomplete input")]
    [InlineData(".read other.sql", 1, 1, "commands of the sqlite3 shell")]
    [InlineData("COMMIT;", 1, 1, "cannot commit - no transaction is active")]
    public void A_statement_that_fails_is_named_by_file_line_and_column(string script, long line, long column, string message)
    {
        FixtureError error = Refused([script]);

        Assert.Equal((_folder.At("0.sql"), line, column), (error.File, error.Line, error.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_inside_a_transaction_rolls_it_back_and_puts_foreign_keys_back()
    {
        Refused(["PRAGMA foreign_keys=OFF; BEGIN; CREATE TABLE a(x); INSERT INTO b VALUES (1); COMMIT;"]);

        Assert.Equal(0L, Scalar("SELECT count(*) FROM sqlite_schema"));
        Assert.Equal(1L, Scalar("PRAGMA foreign_keys"));
        Execute(_connection, "BEGIN; ROLLBACK");
    }

    [Fact]
    public void A_full_database_is_no_fault_of_the_script()
    {
        Execute(_connection, "PRAGMA max_page_count = 1");

        FixtureException exception = Assert.Throws<FixtureException>(() => Run(["CREATE TABLE a(x); CREATE TABLE b(x);"]));

        Assert.Equal(FixtureStage.Database, exception.Stage);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over_and_other_encodings_are_refused()
    {
        string script = _folder.At("bom.sql");
        File.WriteAllText(script, "CREATE TABLE a(x);", Encoding.UTF8);
        SchemaScripts.Run(_connection, [script], null);

        File.WriteAllText(script, "CREATE TABLE b(x);", Encoding.Unicode);
        Assert.Contains("UTF-8", ConfigurationFolder.Refused(() => SchemaScripts.Run(_connection, [script], null)).Message, StringComparison.Ordinal);
        Assert.Equal("a", Scalar("SELECT group_concat(name) FROM sqlite_schema"));
    }

    [Fact]
    public void A_nul_character_is_refused_rather_than_taken_for_the_end()
    {
        FixtureError error = Refused(["CREATE TABLE a(x);\n\0CREATE TABLE b(x);"]);

        Assert.Equal((2, 1), (error.Line, error.Column));
    }

    [Fact]
    public void Code_that_fails_in_the_database_or_leaves_a_transaction_open_is_refused()
    {
        FixtureError failed = ConfigurationFolder.Refused(() => Run([], connection => Execute(connection, "INSERT INTO b VALUES (1)")));
        FixtureError open = ConfigurationFolder.Refused(() => Run([], connection => Execute(connection, "BEGIN; CREATE TABLE a(x)")));

        Assert.Contains("no such table: b", failed.Message, StringComparison.Ordinal);
        Assert.Contains("CreateSchema leaves a transaction open", open.Message, StringComparison.Ordinal);
        Assert.Equal(0L, Scalar("SELECT count(*) FROM sqlite_schema"));
    }

    private FixtureError Refused(string[] scripts) => ConfigurationFolder.Refused(() => Run(scripts));

    private void Run(string[] scripts, Action<SqliteConnection>? createSchema = null) =>
        SchemaScripts.Run(_connection, [.. scripts.Select((script, index) => _folder.Write($"{index}.sql", script))], createSchema);

    private object? Scalar(string sql)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
