using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Tests.Conformance;

/// <summary>How a column's values are compared.</summary>
internal enum ColumnKind
{
    Plain,
    Time,
    Json,
    Uuid,
    File,
    Custom,
}

/// <summary>A column of a table.</summary>
internal readonly record struct StoredColumn(string Name, ColumnKind Kind);

/// <summary>A table as SQLite stores it: null, long, double, string and byte[], ordered by primary key (a join table by its two key columns).</summary>
internal sealed partial class StoredTable
{
    private StoredTable(string name, IReadOnlyList<StoredColumn> columns, IReadOnlyList<string> key, List<object?[]> rows) =>
        (Name, Columns, Key, Rows) = (name, columns, key, rows);

    public string Name { get; }

    /// <summary>The columns in their order; a join table's without <c>id</c>, which is an artefact of insertion order.</summary>
    public IReadOnlyList<StoredColumn> Columns { get; }

    /// <summary>The columns that the rows are ordered by.</summary>
    public IReadOnlyList<string> Key { get; }

    public List<object?[]> Rows { get; }

    /// <summary>Reads every table that the schema makes.</summary>
    /// <param name="connection">Open.</param>
    /// <param name="joinTables">Tables whose <c>id</c> is left out.</param>
    /// <param name="types">Types of the corpus by table and column: <c>file</c> and <c>custom:...</c> count here.</param>
    public static List<StoredTable> ReadAll(SqliteConnection connection, IReadOnlySet<string> joinTables, IReadOnlyDictionary<(string Table, string Column), string> types)
    {
        List<(string Name, string Sql)> tables = [];
        using (SqliteCommand command = connection.CreateCommand())
        {
            command.CommandText = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
                tables.Add((reader.GetString(0), reader.GetString(1)));
        }
        return [.. tables.Select(table => Read(connection, table.Name, table.Sql, joinTables.Contains(table.Name), types))];
    }

    private static StoredTable Read(SqliteConnection connection, string name, string sql, bool isJoinTable, IReadOnlyDictionary<(string Table, string Column), string> types)
    {
        HashSet<string> json = [.. JsonColumn().Matches(sql).Select(match => match.Groups[1].Value)];
        List<StoredColumn> columns = [];
        List<(long Place, string Column)> primary = [];
        using (SqliteCommand command = connection.CreateCommand())
        {
            command.CommandText = "SELECT name, type, pk FROM pragma_table_info($table) ORDER BY cid";
            command.Parameters.AddWithValue("$table", name);
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                string column = reader.GetString(0);
                if (reader.GetInt64(2) is > 0 and long place)
                    primary.Add((place, column));
                if (isJoinTable && column == "id")
                    continue;
                types.TryGetValue((name, column), out string? type);
                columns.Add(new StoredColumn(column, KindOf(reader.GetString(1), json.Contains(column), type)));
            }
        }
        string[] key = isJoinTable ? [.. columns.Select(column => column.Name)] : [.. primary.Order().Select(part => part.Column)];
        return new StoredTable(name, columns, key, ReadRows(connection, name, columns, key));
    }

    private static List<object?[]> ReadRows(SqliteConnection connection, string name, List<StoredColumn> columns, string[] key)
    {
        string order = key.Length == 0 ? "rowid" : string.Join(", ", key.Select(Quoted));
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(column => Quoted(column.Name)))} FROM {Quoted(name)} ORDER BY {order}";
        using SqliteDataReader reader = command.ExecuteReader();
        List<object?[]> rows = [];
        while (reader.Read())
            rows.Add([.. columns.Select((_, index) => ReadCell(reader, index))]);
        return rows;
    }

    // By length, because a text may hold a NUL, at which the text functions of a wrapper may stop.
    private static object? ReadCell(SqliteDataReader reader, int index) => raw.sqlite3_column_type(reader.Handle, index) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(reader.Handle, index),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(reader.Handle, index),
        raw.SQLITE_TEXT => Encoding.UTF8.GetString(raw.sqlite3_column_blob(reader.Handle, index)),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(reader.Handle, index).ToArray(),
        _ => null,
    };

    private static ColumnKind KindOf(string declared, bool isJson, string? type) => (declared.ToLowerInvariant(), type) switch
    {
        (_, "file") => ColumnKind.File,
        (_, not null) when type.StartsWith("custom:", StringComparison.Ordinal) => ColumnKind.Custom,
        _ when isJson => ColumnKind.Json,
        ("datetime" or "time", _) => ColumnKind.Time,
        ("char(32)", _) => ColumnKind.Uuid,
        _ => ColumnKind.Plain,
    };

    private static string Quoted(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    [GeneratedRegex("JSON_VALID\\(\"([^\"]+)\"\\)", RegexOptions.IgnoreCase)]
    private static partial Regex JsonColumn();
}
