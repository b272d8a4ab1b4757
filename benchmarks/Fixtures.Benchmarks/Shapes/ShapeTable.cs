namespace Fixtures.Benchmarks.Shapes;

/// <summary>A table whose key is <c>id</c>, as Django declares it.</summary>
/// <param name="Name">Of the app and the model: blog_post.</param>
/// <param name="Columns">The other columns, each with its type: <c>views integer</c>. None may be NULL.</param>
internal sealed record ShapeTable(string Name, params string[] Columns)
{
    public string Model => Name.Replace('_', '.');

    public string Create => $"CREATE TABLE {Name} (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, {string.Join(", ", Columns.Select(column => $"{column} NOT NULL"))});";

    /// <summary>What the columns are called, <c>id</c> not among them.</summary>
    public string[] ColumnNames { get; } = [.. Columns.Select(column => column[..column.IndexOf(' ', StringComparison.Ordinal)])];

    /// <summary>The statement that a loader runs: the row becomes what the record says. Its parameters are <c>$0</c>, the key, and one for each given column.</summary>
    /// <param name="given">How many of the columns are given, from the first one.</param>
    /// <param name="last">What the last of them is set to, where that is not its parameter: <c>(SELECT ... WHERE username = $2)</c>.</param>
    public string Upsert(int given, string? last = null)
    {
        string[] values = [.. Enumerable.Range(0, given + 1).Select(parameter => $"${parameter}")];
        values[given] = last ?? values[given];
        string assignments = string.Join(", ", ColumnNames.Select(column => $"{column} = excluded.{column}"));
        return $"INSERT INTO {Name} (id, {string.Join(", ", ColumnNames.Take(given))}) VALUES ({string.Join(", ", values)}) ON CONFLICT (id) DO UPDATE SET {assignments}";
    }
}
