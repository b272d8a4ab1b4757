namespace Fixtures.Mapping;

/// <summary>A table of the database, as far as loading needs it.</summary>
internal sealed class Table(string name)
{
    public string Name { get; } = name;

    public Column[] Columns { get; init; } = [];

    /// <summary>The primary key's columns in key order; empty where there is none.</summary>
    public Column[] PrimaryKey { get; init; } = [];

    /// <summary>The columns of each full unique index (no primary key, partial or expression index).</summary>
    public Column[][] UniqueIndexes { get; init; } = [];

    /// <summary>Foreign keys of one column: column to what it refers to.</summary>
    public Dictionary<Column, ForeignKey> ForeignKeys { get; init; } = [];

    /// <summary>
    /// Whether a statement of many rows that fails leaves nothing behind. A trigger or a conflict clause in the schema may say FAIL, which keeps the
    /// rows before: https://www.sqlite.org/lang_conflict.html.
    /// </summary>
    public bool FailsAsAWhole { get; init; } = true;

    /// <summary>The name for use in SQL.</summary>
    public string QuotedName { get; } = Qualify(name);

    /// <summary>Quotes a table's name with its database: a temporary table of that name would hide it.</summary>
    public static string Qualify(string name) => "main." + Statement.Quote(name);

    /// <summary>The columns that a row must give: NOT NULL and without DEFAULT, and neither keys nor foreign keys.</summary>
    public IEnumerable<Column> RequiredColumns => Columns.Where(column =>
        column is { IsPrimaryKey: false, IsNotNull: true, HasDefault: false, IsGenerated: false } && !ForeignKeys.ContainsKey(column));

    public Column? FindColumn(string name) => Array.Find(Columns, column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A column of a table.</summary>
internal sealed class Column(string name)
{
    public string Name { get; } = name;

    public string QuotedName { get; } = Statement.Quote(name);

    /// <summary>The type that the column's declaration stands for. A foreign key's own, not that of what it refers to.</summary>
    public required ColumnType Type { get; init; }

    /// <summary>How many characters the declaration allows (<c>varchar(20)</c>), which SQLite does not enforce; null: any number.</summary>
    public int? MaxLength { get; init; }

    public required bool IsNotNull { get; init; }

    public required bool HasDefault { get; init; }

    public required bool IsGenerated { get; init; }

    public required bool IsPrimaryKey { get; init; }
}

/// <summary>What a foreign key refers to.</summary>
/// <param name="Table">The table's name as declared.</param>
/// <param name="Column">The column's name; null: the table's primary key.</param>
internal sealed record ForeignKey(string Table, string? Column);
