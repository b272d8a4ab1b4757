using System.Text.RegularExpressions;
using Fixtures.Mapping;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Saving;

/// <summary>A row that breaks a constraint, with what is needed to find its record in the fixtures, and the values of the columns that it is about.</summary>
internal sealed class RefusedRowException : FixtureException
{
    private RefusedRowException(FixtureException refusal, Table table, IReadOnlyList<Column> columns)
        : base(refusal.Stage, refusal.Errors[0], refusal.InnerException)
    {
        Table = table;
        Columns = columns;
    }

    public Table Table { get; }

    /// <summary>The columns that SQLite names; none for what is about the whole row, such as a trigger's RAISE.</summary>
    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Whether its place is known as well as it can be.</summary>
    public bool IsPlaced => Columns.Count == 0 && Errors[0].Line is not null;

    /// <summary>Where another row must not have the same: the values as messages show them, one a column. Else null.</summary>
    public IReadOnlyList<string>? UniqueValues { get; private init; }

    /// <summary>The primary key of the row that has them, as messages show it; null if the table has none.</summary>
    public string? OtherKey { get; private init; }

    /// <summary>Finds out what SQLite has refused a row for. The row with the same values is looked up, so this comes before the transaction is rolled back.</summary>
    /// <param name="database">The connection.</param>
    /// <param name="exception">What SQLite said.</param>
    /// <param name="place">The record.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="values">The values of the shape's last slots.</param>
    /// <param name="arena">The bytes that they slice.</param>
    /// <returns>An error that names the record, and the columns where SQLite does.</returns>
    public static FixtureException Of(sqlite3 database, SqliteException exception, FixtureError place, RowShape shape, ReadOnlySpan<SqlValue> values, ReadOnlySpan<byte> arena)
    {
        Table table = shape.Model.Table;
        FixtureException refusal = SqliteErrors.At(exception, place);
        List<Column> columns = exception.SqliteExtendedErrorCode == raw.SQLITE_CONSTRAINT_CHECK
            ? ColumnsOfCheck(database, SqliteErrors.Words(exception), table)
            : ColumnsIn(SqliteErrors.Words(exception), table);
        if (!SqliteErrors.IsOfRow(exception))
            return refusal;
        // An index of expressions and a table that a trigger writes have no columns here.
        if (exception.SqliteExtendedErrorCode != raw.SQLITE_CONSTRAINT_UNIQUE || columns.Count == 0)
            return new RefusedRowException(refusal, table, columns);

        int first = shape.Slots.Length - values.Length;
        int[] slots = [.. columns.Select(column => Array.FindIndex(shape.Slots, first, slot => slot.Field.Column == column))];
        if (slots.Contains(-1))
            return new RefusedRowException(refusal, table, columns);
        string[] shown = new string[slots.Length];
        for (int i = 0; i < slots.Length; i++)
            shown[i] = values[slots[i] - first].Display(arena);

        string[] key = [.. table.PrimaryKey.Select(column => column.QuotedName)];
        string selected = key.Length == 0 ? "1" : string.Join(", ", key);
        using var others = new Statement(database, $"SELECT {selected} FROM {table.QuotedName} WHERE {string.Join(" AND ", columns.Select(column => $"{column.QuotedName} = ?"))} LIMIT 1");
        for (int i = 0; i < slots.Length; i++)
            others.Bind(i + 1, values[slots[i] - first], arena);
        string? otherKey = others.Step() && key.Length > 0 ? string.Join(", ", Enumerable.Range(0, key.Length).Select(others.Display)) : null;
        return new RefusedRowException(refusal, table, columns) { UniqueValues = shown, OtherKey = otherKey };
    }

    /// <summary>The column of a CHECK, which is in the expression that SQLite gives, or in that of the constraint that it names: <c>CHECK constraint failed: positive</c>.</summary>
    private static List<Column> ColumnsOfCheck(sqlite3 database, string words, Table table)
    {
        const string Before = "CHECK constraint failed: ";
        string check = words.StartsWith(Before, StringComparison.Ordinal) ? words[Before.Length..] : words;
        using var schema = new Statement(database, "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?");
        schema.Bind(1, table.Name);
        Match named = Regex.Match(schema.Step() ? schema.Text(0) ?? "" : "", $"""CONSTRAINT\s+["`\[]?{Regex.Escape(check)}["`\]]?\s+CHECK\s*(?<expression>\((?:[^()]|(?<open>\()|(?<-open>\)))*\))""", RegexOptions.IgnoreCase);
        string expression = named.Success ? named.Groups["expression"].Value : check;

        // Of several it cannot be told which one is wrong.
        Column[] columns = [.. table.Columns.Where(column => IsNamedIn(expression, column.Name))];
        return columns.Length == 1 ? [.. columns] : [];
    }

    /// <summary>The columns at the end of SQLite's words: <c>UNIQUE constraint failed: t.a, t.b</c>.</summary>
    private static List<Column> ColumnsIn(string words, Table table)
    {
        List<Column> columns = [];
        while (Array.Find(table.Columns, column => words.EndsWith($" {table.Name}.{column.Name}", StringComparison.Ordinal)) is { } last)
        {
            columns.Insert(0, last);
            words = words[..^(table.Name.Length + last.Name.Length + 2)].TrimEnd(',');
        }
        return columns;
    }

    private static bool IsNamedIn(string expression, string name)
    {
        for (int at = 0; (at = expression.IndexOf(name, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            int end = at + name.Length;
            if ((at == 0 || !IsPartOfName(expression[at - 1])) && (end == expression.Length || !IsPartOfName(expression[end])))
                return true;
        }
        return false;
    }

    private static bool IsPartOfName(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';
}
