using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Fixtures.Tests.Conformance;

/// <summary>Compares a database with what a case expects.</summary>
internal static class TableComparison
{
    /// <summary>The first difference, or null.</summary>
    public static string? FirstDifference(SqliteConnection connection, ConformanceCase conformanceCase)
    {
        JsonElement expect = conformanceCase.Expect;
        HashSet<string> joinTables = expect.TryGetProperty("joinTables", out JsonElement names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];
        List<StoredTable> tables = StoredTable.ReadAll(connection, joinTables, TypesByColumn(conformanceCase.Models));
        if (expect.TryGetProperty("digests", out JsonElement digests))
            return FirstDifference(tables, digests, CompareDigest, table => table.Rows.Count == 0 ? null : $"table {table.Name}: no rows expected, got {table.Rows.Count}");

        // An error case without tables started from an empty database.
        JsonElement expected = expect.TryGetProperty("tables", out JsonElement given) ? given : JsonElement.Parse("{}");
        JsonElement none = JsonElement.Parse("[]");
        return FirstDifference(tables, expected, CompareRows, table => CompareRows(table, none));
    }

    private static string? FirstDifference(List<StoredTable> tables, JsonElement expected, Func<StoredTable, JsonElement, string?> compare, Func<StoredTable, string?> compareWithNothing)
    {
        foreach (JsonProperty table in expected.EnumerateObject())
        {
            if (!tables.Any(stored => stored.Name == table.Name))
                return $"table {table.Name}: expected, not in the schema";
        }
        return tables
            .Select(table => expected.TryGetProperty(table.Name, out JsonElement wanted) ? compare(table, wanted) : compareWithNothing(table))
            .FirstOrDefault(difference => difference is not null);
    }

    private static string? CompareDigest(StoredTable table, JsonElement wanted)
    {
        int rows = wanted.GetProperty("rows").GetInt32();
        if (table.Rows.Count != rows)
            return string.Create(CultureInfo.InvariantCulture, $"table {table.Name}: {rows} rows expected, got {table.Rows.Count}");
        return StoredValue.Digest(table) == wanted.GetProperty("sha256").GetString()
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"table {table.Name}: {rows} rows as expected, with another digest");
    }

    private static string? CompareRows(StoredTable table, JsonElement wanted)
    {
        JsonElement[] rows = [.. wanted.EnumerateArray()];
        string? difference = HasUnknownKey(table, rows) ? CompareInAnyOrder(table, rows) : CompareInOrder(table, rows);
        return difference is null ? null : $"table {table.Name}{difference}";
    }

    // A primary key that differs from run to run gives the rows another order each time.
    private static bool HasUnknownKey(StoredTable table, JsonElement[] rows) =>
        rows.Any(row => table.Key.Any(column => row.TryGetProperty(column, out JsonElement value) && StoredValue.IsAny(value)));

    private static string? CompareInOrder(StoredTable table, JsonElement[] rows)
    {
        for (int i = 0; i < Math.Min(rows.Length, table.Rows.Count); i++)
        {
            if (CompareRow(table, rows[i], table.Rows[i]) is { } difference)
                return string.Create(CultureInfo.InvariantCulture, $" row {i + 1}, {difference}{(rows.Length == table.Rows.Count ? "" : $" ({rows.Length} rows expected, got {table.Rows.Count})")}");
        }
        if (rows.Length == table.Rows.Count)
            return null;
        return rows.Length > table.Rows.Count
            ? string.Create(CultureInfo.InvariantCulture, $": {rows.Length} rows expected, got {table.Rows.Count}; missing {rows[table.Rows.Count].GetRawText()}")
            : string.Create(CultureInfo.InvariantCulture, $": {rows.Length} rows expected, got {table.Rows.Count}; one too many ({string.Join(", ", table.Rows[rows.Length].Select(StoredValue.Describe))})");
    }

    private static string? CompareInAnyOrder(StoredTable table, JsonElement[] rows)
    {
        if (rows.Length != table.Rows.Count)
            return string.Create(CultureInfo.InvariantCulture, $": {rows.Length} rows expected, got {table.Rows.Count}");
        List<object?[]> left = [.. table.Rows];
        foreach (JsonElement row in rows)
        {
            int found = left.FindIndex(stored => CompareRow(table, row, stored) is null);
            if (found < 0)
                return $": no row is {row.GetRawText()}; one is left ({string.Join(", ", left[0].Select(StoredValue.Describe))})";
            left.RemoveAt(found);
        }
        return null;
    }

    private static string? CompareRow(StoredTable table, JsonElement wanted, object?[] row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            StoredColumn column = table.Columns[i];
            if (!wanted.TryGetProperty(column.Name, out JsonElement value))
                return $"column '{column.Name}': not expected";
            if (!StoredValue.Matches(value, row[i], column.Kind))
                return $"column '{column.Name}': expected {StoredValue.Describe(value)}, got {StoredValue.Describe(row[i])}";
        }
        return null;
    }

    private static Dictionary<(string Table, string Column), string> TypesByColumn(JsonElement models)
    {
        Dictionary<(string, string), string> types = [];
        foreach (JsonProperty model in models.EnumerateObject())
        {
            if (!model.Value.TryGetProperty("types", out JsonElement fields))
                continue;
            string table = model.Value.TryGetProperty("table", out JsonElement given) ? given.GetString()! : model.Name.Replace('.', '_');
            foreach (JsonProperty field in fields.EnumerateObject())
            {
                bool renamed = model.Value.TryGetProperty("columns", out JsonElement columns) && columns.TryGetProperty(field.Name, out _);
                types[(table, renamed ? columns.GetProperty(field.Name).GetString()! : field.Name)] = field.Value.GetString()!;
            }
        }
        return types;
    }
}
