using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Saving;

/// <summary>Which indexes a large load drops while it writes their table.</summary>
public sealed class DroppableIndexTests
{
    private const string Kept = "item_n";
    private const string Dropped = "NULL";

    [Fact]
    public void That_of_a_table_that_was_empty_is()
    {
        using var load = new LargeLoad();
        load.Load(LargeLoad.Items());
        Assert.Equal([Kept, Dropped], load.Seen);
    }

    [Theory]
    [InlineData("CREATE TRIGGER t AFTER INSERT ON item BEGIN SELECT 1; END")]
    [InlineData("CREATE TRIGGER t AFTER DELETE ON kind BEGIN SELECT 1; END")]
    [InlineData("CREATE TEMP TRIGGER t AFTER INSERT ON main.item BEGIN SELECT 1; END")]
    [InlineData("CREATE VIEW v AS SELECT * FROM item INDEXED BY item_n WHERE n = 1")]
    [InlineData("CREATE TEMP VIEW v AS SELECT * FROM main.item Indexed  By item_n WHERE n = 1")]
    [InlineData("INSERT INTO item (id, n) VALUES (-1, 1); ANALYZE; DELETE FROM item")]
    [InlineData("WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number LIMIT 3000) INSERT INTO item (id) SELECT -n FROM number")]
    [InlineData("DROP TABLE kind; CREATE TABLE kind (id integer PRIMARY KEY, best_id integer REFERENCES item)")]
    [InlineData("DROP TABLE kind; CREATE TABLE kind (id integer PRIMARY KEY, x_id integer REFERENCES X); CREATE TABLE x (id integer PRIMARY KEY, best_id integer REFERENCES ITEM)")]
    public void None_is_where_somebody_may_need_it_or_it_is_not_worth_it(string sql)
    {
        using var load = new LargeLoad();
        load.Project.Run(sql);
        load.Load(LargeLoad.Items());
        Assert.Equal([Kept], load.Seen);
    }

    [Theory]
    [InlineData("CREATE INDEX i ON item (code, n)", true)]
    [InlineData("CREATE INDEX i ON item (code COLLATE NOCASE DESC, n)", true)]
    [InlineData("CREATE INDEX i ON item (kind_id, n, parent_id)", true)]
    [InlineData("CREATE UNIQUE INDEX i ON item (code)", false)]
    [InlineData("CREATE INDEX i ON item (n) WHERE n > 5", false)]
    [InlineData("CREATE INDEX i ON item (n + 1)", false)]
    [InlineData("CREATE INDEX i ON item (n, abs(n))", false)]
    [InlineData("CREATE INDEX i ON item (computed)", false)]
    [InlineData("CREATE INDEX i ON item (n, code COLLATE backwards)", false)]
    [InlineData("CREATE INDEX i ON item (PARENT_ID, n)", false)]
    [InlineData("CREATE INDEX i ON item (code, other_id)", true)]
    [InlineData("CREATE INDEX i ON item (other_id, code)", false)]
    // Keys in the order in which they come are put behind the last one.
    [InlineData("CREATE INDEX i ON item (id)", false)]
    [InlineData("CREATE INDEX i ON item (fixed, id)", false)]
    [InlineData("CREATE INDEX i ON item (fixed, n)", true)]
    public void Only_those_of_plain_columns_are_that_no_row_needs(string sql, bool isDropped)
    {
        using var load = new LargeLoad(
            """
            CREATE TABLE kind (id integer PRIMARY KEY);
            CREATE TABLE item (id integer PRIMARY KEY, code text, n integer, kind_id integer, fixed integer DEFAULT 1, parent_id integer, other_id integer, computed AS (n / 2), UNIQUE (n, id),
                FOREIGN KEY (parent_id) REFERENCES Item (id), FOREIGN KEY (n, other_id) REFERENCES item (n, id));
            """);
        load.Project.Connection.CreateCollation("backwards", (left, right) => string.CompareOrdinal(right, left));
        load.Project.Run(sql);
        load.Load(LargeLoad.Items());
        Assert.Equal(isDropped ? ["i", Dropped] : ["i"], load.Seen);
    }

    [Fact]
    public void None_is_under_an_open_statement_which_goes_on()
    {
        using var load = new LargeLoad();
        load.Project.Run("INSERT INTO kind VALUES (1, 'a'), (2, 'b')");
        using (SqliteCommand command = load.Project.Connection.CreateCommand())
        {
            command.CommandText = "SELECT name FROM kind ORDER BY id";
            using SqliteDataReader reader = command.ExecuteReader();
            Assert.True(reader.Read());
            load.Load(LargeLoad.Items());
            Assert.True(reader.Read());
            Assert.Equal("b", reader.GetString(0));
        }
        Assert.Equal([Kept], load.Seen);
        Assert.Equal((long)LargeLoad.Count, load.Project.Scalar("SELECT count(*) FROM item"));
    }

    [Theory]
    [InlineData(3000)]
    [InlineData(5000)]
    public void None_is_by_a_load_of_some_thousand_rows(int count)
    {
        using var load = new LargeLoad();
        object? version = load.Project.Scalar("PRAGMA schema_version");
        load.Load(LargeLoad.Items(count));
        Assert.Equal(version, load.Project.Scalar("PRAGMA schema_version"));
    }

    [Fact]
    public void None_is_where_rows_of_two_tables_take_turns()
    {
        using var load = new LargeLoad();
        load.Load(LargeLoad.Items(LargeLoad.Count, [.. Enumerable.Range(1, LargeLoad.Count / 1000).Select(i => (i * 1000, $$"""{"model": "kind", "pk": {{i}}, "fields": {} }"""))]));
        Assert.Equal([Kept], load.Seen);
    }
}
