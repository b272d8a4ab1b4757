using System.Collections.ObjectModel;

namespace Fixtures;

/// <summary>What the database schema and the naming rules cannot tell about a model. All members are optional.</summary>
public sealed record ModelOptions
{
    /// <summary>The table, such as <c>posts</c>.</summary>
    public string? Table { get; init; }

    /// <summary>Fields whose column has another name: field to column.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The fields that identify a row; <c>author.name</c> walks a foreign key. Empty: the table's only unique index.</summary>
    public IReadOnlyList<string> NaturalKey { get; init; } = [];

    /// <summary>Join tables of many-to-many fields whose names do not follow <c>table_field</c>.</summary>
    public IReadOnlyDictionary<string, JoinTableOptions> JoinTables { get; init; } = ReadOnlyDictionary<string, JoinTableOptions>.Empty;

    /// <summary>Foreign keys without a constraint in the schema: field to what it refers to.</summary>
    public IReadOnlyDictionary<string, ReferenceOptions> References { get; init; } = ReadOnlyDictionary<string, ReferenceOptions>.Empty;

    /// <summary>Fields that fixtures give and that are not stored.</summary>
    public IReadOnlyList<string> IgnoredFields { get; init; } = [];

    /// <summary>
    /// Types that differ from the column's declared type: <c>bool, integer, real, decimal, decimal(p,s), date, datetime, datetimeoffset,
    /// time, duration, uuid, json, blob, text, csv, emptyAsNull</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Types { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// What a field that is not given becomes, as a storage value: string, number, bool (as 1 or 0), byte[] or null.
    /// The texts <c>$now</c> and <c>$uuid</c> stand for the time of the call and a new UUID, <c>$$x</c> for the text <c>$x</c>.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Defaults { get; init; } = ReadOnlyDictionary<string, object?>.Empty;
}

/// <summary>The join table of a many-to-many field.</summary>
/// <param name="Table">The join table.</param>
/// <param name="From">Its column for the side that holds the field; null: its foreign keys tell.</param>
/// <param name="To">Its column for the other side; null: its foreign keys tell.</param>
/// <param name="Symmetrical">Whether a row of one direction implies one of the other (a model related to itself).</param>
public sealed record JoinTableOptions(string Table, string? From = null, string? To = null, bool Symmetrical = false);

/// <summary>What a foreign key without constraint refers to.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">Its column; null: its primary key.</param>
public sealed record ReferenceOptions(string Table, string? Column = null);
