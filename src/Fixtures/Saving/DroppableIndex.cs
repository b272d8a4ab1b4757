using Fixtures.Mapping;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>An index that may be dropped and created again without anybody noticing, if nothing but the rows of its table is written meanwhile.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DropSql">Drops it.</param>
/// <param name="CreateSql">Creates it again, with the same text.</param>
internal sealed record DroppableIndex(string Name, string DropSql, string CreateSql)
{
    // What SQLite writes down begins so, however it was typed: https://www.sqlite.org/schematab.html.
    private const string Begin = "CREATE INDEX ";

    private const int SampledRows = 64;
    private const int LeastStepsAJump = 10;

    /// <summary>Finds those of a table, in the order in which they were made.</summary>
    public static IReadOnlyList<DroppableIndex> Find(sqlite3 database, Table table)
    {
        if (!HasAny(database, table) || MayBeReadByTriggers(database) || HasStatistics(database, table) || RefersToItselfThroughOthers(database, table))
            return [];

        // Not unique ones: they must refuse a row when it is written. Not those of expressions, generated columns or WHERE clauses, nor of an application's own collations:
        // these may fail, and the error must name the record. Not those by which a row of the table finds the rows that refer to it: while references are missing, SQLite
        // looks for them at each row, https://www.sqlite.org/foreignkeys.html#fk_indexes.
        using var statement = new Statement(
            database,
            """
            SELECT made.name, made.sql,
                (SELECT group_concat('"' || replace(name, '"', '""') || '" AS k' || seqno) FROM pragma_index_info(made.name, 'main')),
                (SELECT group_concat('k' || seqno) FROM pragma_index_info(made.name, 'main'))
            FROM pragma_index_list(?1, 'main') AS list JOIN main.sqlite_schema AS made ON made.name = list.name AND made.type = 'index'
            WHERE list.origin = 'c' AND NOT list."unique" AND NOT list.partial
                AND NOT EXISTS (
                    SELECT 1 FROM pragma_index_xinfo(list.name, 'main') AS part LEFT JOIN pragma_table_xinfo(?1, 'main') AS stored ON stored.cid = part.cid AND stored.hidden = 0
                    WHERE part.key AND (stored.cid IS NULL OR part.coll COLLATE NOCASE NOT IN ('BINARY', 'NOCASE', 'RTRIM')))
                AND NOT EXISTS (
                    SELECT 1 FROM pragma_index_info(list.name, 'main') AS part JOIN pragma_foreign_key_list(?1, 'main') AS own ON own."from" = part.name COLLATE NOCASE
                    WHERE part.seqno = 0 AND own."table" = ?1 COLLATE NOCASE)
            ORDER BY made.rowid
            """);
        statement.Bind(1, table.Name);
        List<DroppableIndex> indexes = [];
        while (statement.Step())
        {
            string name = statement.Text(0)!;
            // "main.": a temporary table of the same name would get the index else. What SQLite writes down is without it.
            if (statement.Text(1) is { } sql && sql.StartsWith(Begin, StringComparison.Ordinal) && !IsFilledInOrder(database, table, statement.Text(2)!, statement.Text(3)!))
                indexes.Add(new DroppableIndex(name, $"DROP INDEX {Table.Qualify(name)}", $"{Begin}main.{sql[Begin.Length..]}"));
        }
        return indexes;
    }

    private static bool HasAny(sqlite3 database, Table table) =>
        IsAny(database, $"SELECT 1 FROM main.sqlite_schema WHERE type = 'index' AND tbl_name = ?1 COLLATE NOCASE AND sql GLOB '{Begin}*'", table.Name);

    // A trigger may read any table, by this index or by its name: INDEXED BY fails where there is none, also in a view that somebody reads who is called meanwhile.
    private static bool MayBeReadByTriggers(sqlite3 database) => IsAny(
        database,
        """
        SELECT 1 FROM (SELECT type, sql FROM main.sqlite_schema UNION ALL SELECT type, sql FROM temp.sqlite_schema)
        WHERE type = 'trigger' OR (type = 'view' AND instr(lower(sql), 'indexed') > 0)
        """);

    // ANALYZE's rows for an index go with it: https://www.sqlite.org/fileformat.html#the_sqlite_stat1_table.
    private static bool HasStatistics(sqlite3 database, Table table)
    {
        List<string> statistics = [];
        using (var find = new Statement(database, "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name GLOB 'sqlite_stat[1-4]'"))
        {
            while (find.Step())
                statistics.Add(find.Text(0)!);
        }
        return statistics.Exists(name => IsAny(database, $"SELECT 1 FROM {Table.Qualify(name)} WHERE tbl = ?1 COLLATE NOCASE", table.Name));
    }

    // The rows of a join table are written between those of its own. Where these refer to the join table in turn, SQLite may look for them, as above.
    private static bool RefersToItselfThroughOthers(sqlite3 database, Table table) => IsAny(
        database,
        """
        WITH RECURSIVE referenced (name) AS (
            SELECT lower("table") FROM pragma_foreign_key_list(?1, 'main') WHERE "table" <> ?1 COLLATE NOCASE
            UNION SELECT lower(next."table") FROM referenced, pragma_foreign_key_list(referenced.name, 'main') AS next)
        SELECT 1 FROM referenced WHERE name = lower(?1)
        """,
        table.Name);

    // Keys that come in order are put behind the last one each, which is faster than sorting them: the index of a column that counts up stays.
    private static bool IsFilledInOrder(sqlite3 database, Table table, string namedKey, string key) => IsAny(
        database,
        $"""
        WITH sample AS (SELECT *, row_number() OVER () AS place FROM (SELECT {namedKey} FROM {table.QuotedName} NOT INDEXED LIMIT {SampledRows})),
            step AS (SELECT place - lag(place) OVER (ORDER BY {key}, place) AS width FROM sample)
        SELECT 1 FROM (SELECT count(*) AS steps, total(width <> 1) AS jumps FROM step) WHERE jumps * {LeastStepsAJump} < steps
        """);

    private static bool IsAny(sqlite3 database, string sql, string? parameter = null)
    {
        using var statement = new Statement(database, sql);
        if (parameter is not null)
            statement.Bind(1, parameter);
        return statement.Step();
    }
}
