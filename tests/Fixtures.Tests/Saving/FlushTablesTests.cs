namespace Fixtures.Tests.Saving;

/// <summary>Which tables a flush empties, which it keeps, and which it refuses.</summary>
public sealed class FlushTablesTests
{
    [Theory]
    [InlineData("django_migrations")]
    [InlineData("__EFMigrationsHistory")]
    [InlineData("__EFMigrationsLock")]
    [InlineData("SchemaVersions")]
    [InlineData("VersionInfo")]
    public void The_history_of_migrations_is_kept_with_its_sequence(string table)
    {
        using var project = new TestProject(FlushTests.Blog + $"CREATE TABLE {table} (id integer PRIMARY KEY AUTOINCREMENT, name text); INSERT INTO {table} VALUES (9, 'deleted'), (3, 'first'); DELETE FROM {table} WHERE id = 9;");

        Assert.Equal(3, FlushTests.Flush(project).RowsDeleted);

        Assert.Equal("3|first", project.Rows($"SELECT * FROM {table}"));
        Assert.Equal($"{table}|9", project.Rows("SELECT name, seq FROM sqlite_sequence"));
    }

    [Fact]
    public void Tables_of_every_kind_and_name_are_emptied()
    {
        using var project = new TestProject("""
            CREATE TABLE "a ""quoted"" name" (id integer PRIMARY KEY);
            CREATE TABLE "order" (id text PRIMARY KEY) WITHOUT ROWID;
            CREATE TABLE [select] (id integer PRIMARY KEY, twice integer AS (id * 2) VIRTUAL, thrice integer AS (id * 3) STORED) STRICT;
            CREATE TABLE '100%_x' (a);
            CREATE VIRTUAL TABLE box USING rtree (id, low, high);
            INSERT INTO "a ""quoted"" name" VALUES (1);
            INSERT INTO "order" VALUES ('x');
            INSERT INTO "select" VALUES (1);
            INSERT INTO '100%_x' VALUES (1), (2);
            INSERT INTO box VALUES (1, 2, 3);
            """);

        Assert.Equal(6, FlushTests.Flush(project).RowsDeleted);

        Assert.All(FixtureLoader.CountRows(project.Connection), table => Assert.Equal(0, table.Rows));
        Assert.Equal(["100%_x", "a \"quoted\" name", "box", "order", "select"], FixtureLoader.CountRows(project.Connection).Select(table => table.Table));
        Assert.Equal("ok", project.Scalar("PRAGMA integrity_check"));
    }

    [Fact]
    public void Attached_databases_temporary_tables_and_statistics_are_not_touched()
    {
        using var project = new TestProject(FlushTests.Blog + """
            CREATE INDEX by_title ON post (title);
            ANALYZE;
            CREATE TEMP TABLE comment (id integer);
            INSERT INTO temp.comment VALUES (1);
            ATTACH ':memory:' AS other;
            CREATE TABLE other.post (id integer PRIMARY KEY AUTOINCREMENT);
            INSERT INTO other.post VALUES (4);
            """);

        FlushTests.Flush(project);

        Assert.Equal("1|1|1", project.Rows("SELECT (SELECT count(*) FROM temp.comment), (SELECT count(*) FROM other.post), (SELECT count(*) FROM other.sqlite_sequence)"));
        Assert.Equal("0|0", project.Rows("SELECT (SELECT count(*) FROM main.comment), (SELECT count(*) FROM main.post)"));
        Assert.NotEqual(0L, project.Scalar("SELECT count(*) FROM sqlite_stat1"));
    }

    [Theory]
    [InlineData("fts5 (title)", "INSERT INTO search (rowid, title) SELECT id, title FROM post", 2)]
    [InlineData("fts5 (title, content='post', content_rowid='id')", "INSERT INTO search (search) VALUES ('rebuild')", 0)]
    [InlineData("fts5 (title, content='')", "INSERT INTO search (rowid, title) SELECT id, title FROM post", 0)]
    [InlineData("fts5 (title, content='', contentless_delete=1)", "INSERT INTO search (rowid, title) SELECT id, title FROM post", 0)]
    [InlineData("fts4 (title)", "INSERT INTO search (docid, title) SELECT id, title FROM post", 2)]
    [InlineData("fts3 (title)", "INSERT INTO search (docid, title) SELECT id, title FROM post", 2)]
    [InlineData("fts4 (content=\"post\", title)", "INSERT INTO search (search) VALUES ('rebuild')", 0)]
    public void Full_text_search_finds_nothing_and_is_sound(string module, string fill, int ownRows)
    {
        using var project = new TestProject("CREATE TABLE post (id integer PRIMARY KEY, title text); INSERT INTO post VALUES (1, 'soup'), (2, 'soup');");
        project.Run($"CREATE VIRTUAL TABLE search USING {module}; {fill}; CREATE TRIGGER index_deleted AFTER DELETE ON post BEGIN INSERT INTO search (search, rowid, title) VALUES ('delete', old.id, old.title); END;");
        Assert.Equal(2L, project.Scalar("SELECT count(*) FROM search WHERE search MATCH 'soup'"));

        Assert.Equal(2 + ownRows, FlushTests.Flush(project).RowsDeleted);

        Assert.Equal(0L, project.Scalar("SELECT count(*) FROM search WHERE search MATCH 'soup'"));
        project.Run("INSERT INTO search (search) VALUES ('integrity-check')");
        project.Run("INSERT INTO post VALUES (1, 'bread'); INSERT INTO search (rowid, title) VALUES (1, 'bread')");
        Assert.Equal(1L, project.Scalar("SELECT count(*) FROM search WHERE search MATCH 'bread'"));
    }

    [Fact]
    public void A_virtual_table_that_cannot_be_written_is_passed_over()
    {
        using var project = new TestProject("""
            CREATE VIRTUAL TABLE search USING fts5 (title);
            CREATE VIRTUAL TABLE words USING fts5vocab (search, row);
            INSERT INTO search VALUES ('soup');
            """);

        Assert.Equal("search", Assert.Single(FixtureLoader.CountRows(project.Connection)).Table);
        Assert.Equal(1, FlushTests.Flush(project).RowsDeleted);
        Assert.Equal(0L, project.Scalar("SELECT count(*) FROM words"));
    }

    [Theory]
    [InlineData("CREATE VIRTUAL TABLE search USING fts4 (title, content=\"\")", "search")]
    [InlineData("PRAGMA writable_schema = ON; INSERT INTO sqlite_schema VALUES ('table', 'places', 'places', 0, 'CREATE VIRTUAL TABLE places USING nosuch (x)'); PRAGMA writable_schema = RESET", "places")]
    public void A_virtual_table_that_cannot_be_emptied_is_refused_by_name(string schema, string name)
    {
        using var project = new TestProject(FlushTests.Blog + schema);

        FixtureException exception = Assert.Throws<FixtureException>(() => FlushTests.Flush(project));

        Assert.Contains($"'{name}'", exception.Message, StringComparison.Ordinal);
        FlushTests.AssertUnchanged(project);
    }
}
