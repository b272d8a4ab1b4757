namespace Fixtures.Mapping;

/// <summary>The one row that mapping fills again and again: what a record stores. Values slice the record's bytes.</summary>
internal sealed class Row
{
    /// <summary>The shape; it names the model, the table and the columns.</summary>
    public RowShape Shape { get; set; } = null!;

    /// <summary>One value for each of the shape's slots.</summary>
    public SqlValue[] Values { get; set; } = [];

    /// <summary>Whether the primary key is known: the first values are its parts. Else SQLite gives it.</summary>
    public bool HasKey { get; set; }

    /// <summary>Many-to-many lists.</summary>
    public List<RowJoin> Joins { get; } = [];

    /// <summary>The other side's values of all joins, one join after the other.</summary>
    public List<SqlValue> JoinValues { get; } = [];

    /// <summary>Foreign keys whose natural key no row has yet; NULL is stored for now.</summary>
    public List<RowReference> Waiting { get; } = [];
}

/// <summary>A many-to-many list of a row.</summary>
/// <param name="Field">The field.</param>
/// <param name="Node">The list.</param>
/// <param name="First">Its first value in <see cref="Row.JoinValues"/>.</param>
/// <param name="Count">How many values it has, or -1 if it must wait because no row has one of its natural keys yet.</param>
internal readonly record struct RowJoin(ManyToManyField Field, int Node, int First, int Count);

/// <summary>A foreign key of a row that is given as a natural key.</summary>
/// <param name="Field">The column.</param>
/// <param name="Node">The natural key.</param>
internal readonly record struct RowReference(ColumnField Field, int Node);
