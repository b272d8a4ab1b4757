using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using SQLitePCL;

namespace Fixtures.Mapping;

/// <summary>The tables of a database, each read when it is first asked for. Valid for one schema version of one connection.</summary>
internal sealed partial class Schema
{
    private readonly sqlite3 _database;
    private readonly Dictionary<string, Table> _tables = new(StringComparer.OrdinalIgnoreCase);

    public Schema(sqlite3 database)
    {
        _database = database;
        using var statement = new Statement(database, "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name");
        List<string> tables = [];
        List<string> views = [];
        while (statement.Step())
        {
            string name = statement.Text(0)!;
            (statement.Text(1) == "view" ? views : tables).Add(name);
        }
        TableNames = tables;
        ViewNames = views;
    }

    public IReadOnlyList<string> TableNames { get; }

    public IReadOnlyList<string> ViewNames { get; }

    /// <summary>The version that SQLite counts up with every change of the schema.</summary>
    public static long VersionOf(sqlite3 database)
    {
        using var statement = new Statement(database, "PRAGMA main.schema_version");
        statement.Step();
        return statement.Integer(0);
    }

    /// <summary>The statements that made the schema.</summary>
    public static string TextOf(sqlite3 database)
    {
        using var statement = new Statement(database, "SELECT group_concat(type || ' ' || name || ' ' || ifnull(sql, ''), ';') FROM main.sqlite_schema");
        statement.Step();
        return statement.Text(0) ?? "";
    }

    /// <summary>Finds a table by its name, ignoring case.</summary>
    public Table? Find(string name)
    {
        if (_tables.TryGetValue(name, out Table? table))
            return table;
        if (TableNames.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } actual)
            return null;

        table = Read(actual);
        _tables.Add(actual, table);
        return table;
    }

    private Table Read(string name)
    {
        string sql = ReadSql(name, out bool hasTriggers);
        Column[] columns = ReadColumns(name, sql, out Column[] primaryKey);
        return new Table(name)
        {
            FailsAsAWhole = !hasTriggers && !sql.Contains("CONFLICT", StringComparison.OrdinalIgnoreCase),
            Columns = columns,
            PrimaryKey = primaryKey,
            ForeignKeys = ReadForeignKeys(name, columns),
            UniqueIndexes = ReadUniqueIndexes(name, columns),
        };
    }

    private Column[] ReadColumns(string table, string sql, out Column[] primaryKey)
    {
        HashSet<string> jsonColumns = JsonColumns(sql);
        using var statement = new Statement(_database, "SELECT name, type, \"notnull\", dflt_value IS NOT NULL, pk, hidden FROM pragma_table_xinfo(?, 'main') ORDER BY cid");
        statement.Bind(1, table);
        List<Column> columns = [];
        List<Column> key = [];
        while (statement.Step())
        {
            string name = statement.Text(0)!;
            long keyPosition = statement.Integer(4);
            var column = new Column(name)
            {
                Type = ColumnType.FromDeclaration(statement.Text(1) ?? "", jsonColumns.Contains(name)),
                MaxLength = ColumnType.LengthOf(statement.Text(1) ?? ""),
                IsNotNull = statement.Integer(2) != 0,
                HasDefault = statement.Integer(3) != 0,
                IsPrimaryKey = keyPosition > 0,
                // 1 is a hidden column of a virtual table, 2 and 3 are generated columns.
                IsGenerated = statement.Integer(5) is 2 or 3,
            };
            columns.Add(column);
            // From 1, and in any order.
            while (key.Count < keyPosition)
                key.Add(column);
            if (keyPosition > 0)
                key[(int)keyPosition - 1] = column;
        }
        primaryKey = [.. key];
        return [.. columns];
    }

    /// <summary>The columns that a check of the table wants to be JSON.</summary>
    private static HashSet<string> JsonColumns(string sql)
    {
        var columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (sql.Contains("json_valid", StringComparison.OrdinalIgnoreCase))
            AddJsonColumns(sql, columns);
        return columns;
    }

    // By itself, because a process's first regular expression costs 4 ms, and its assembly one: a twentieth of a small load by the command.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddJsonColumns(string sql, HashSet<string> columns) =>
        columns.UnionWith(JsonCheck().Matches(sql).Select(match => match.Groups["name"].Value.Replace("\"\"", "\"", StringComparison.Ordinal)));

    private string ReadSql(string table, out bool hasTriggers)
    {
        using var statement = new Statement(_database, "SELECT type, sql FROM main.sqlite_schema WHERE tbl_name = ? COLLATE NOCASE AND type IN ('table', 'trigger')");
        statement.Bind(1, table);
        string sql = "";
        hasTriggers = false;
        while (statement.Step())
        {
            if (statement.Text(0) == "trigger")
                hasTriggers = true;
            else
                sql = statement.Text(1) ?? "";
        }
        return sql;
    }

    private Dictionary<Column, ForeignKey> ReadForeignKeys(string table, Column[] columns)
    {
        using var statement = new Statement(_database, "SELECT min(\"from\"), \"table\", min(\"to\") FROM pragma_foreign_key_list(?, 'main') GROUP BY id HAVING count(*) = 1 ORDER BY id DESC");
        statement.Bind(1, table);
        Dictionary<Column, ForeignKey> foreignKeys = [];
        while (statement.Step())
            foreignKeys.TryAdd(Find(columns, statement.Text(0)!), new ForeignKey(statement.Text(1)!, statement.Text(2)));
        return foreignKeys;
    }

    private Column[][] ReadUniqueIndexes(string table, Column[] columns)
    {
        using var statement = new Statement(
            _database,
            """
            SELECT list.name, info.name FROM pragma_index_list(?, 'main') AS list JOIN pragma_index_info(list.name, 'main') AS info
            WHERE list."unique" AND NOT list.partial AND list.origin <> 'pk' ORDER BY list.seq DESC, info.seqno
            """);
        statement.Bind(1, table);
        Dictionary<string, List<string?>> indexes = [];
        while (statement.Step())
        {
            string index = statement.Text(0)!;
            if (!indexes.TryGetValue(index, out List<string?>? names))
                indexes.Add(index, names = []);
            names.Add(statement.Text(1));
        }

        // An expression in an index has no column name.
        return [.. indexes.Values.Where(names => !names.Contains(null)).Select(names => names.Select(name => Find(columns, name!)).ToArray())];
    }

    private static Column Find(Column[] columns, string name) =>
        Array.Find(columns, column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase))!;

    [GeneratedRegex("""json_valid\s*\(\s*(?:"(?<name>(?:[^"]|"")+)"|`(?<name>[^`]+)`|\[(?<name>[^]]+)\]|(?<name>\w+))\s*\)""", RegexOptions.IgnoreCase)]
    private static partial Regex JsonCheck();
}
