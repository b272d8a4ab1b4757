namespace Fixtures.Mapping;

/// <summary>The one row that mapping fills again and again: what a record stores. Values slice the record's bytes.</summary>
internal sealed class Row
{
    // Most rows have neither, and a program that loads few of them never makes these lists.
    private List<RowJoin>? _joins;
    private List<SqlValue>? _joinValues;
    private List<RowReference>? _waiting;

    /// <summary>The shape; it names the model, the table and the columns.</summary>
    public RowShape Shape { get; private set; } = null!;

    /// <summary>One value for each of the shape's slots.</summary>
    public SqlValue[] Values { get; private set; } = new SqlValue[16];

    /// <summary>Whether the primary key is known: the first values are its parts. Else SQLite gives it.</summary>
    public bool HasKey { get; set; }

    /// <summary>Many-to-many lists.</summary>
    public List<RowJoin> Joins => _joins ??= [];

    /// <summary>The other side's values of all joins, one join after the other.</summary>
    public List<SqlValue> JoinValues => _joinValues ??= [];

    /// <summary>Foreign keys whose natural key no row has yet; NULL is stored for now.</summary>
    public List<RowReference> Waiting => _waiting ??= [];

    /// <summary>Whether there is more to save than the values.</summary>
    public bool HasMore => _joins is { Count: > 0 } || _waiting is { Count: > 0 };

    /// <summary>Forgets the last row and begins the next one.</summary>
    public void Begin(RowShape shape)
    {
        Shape = shape;
        if (Values.Length < shape.Slots.Length)
            Values = new SqlValue[shape.Slots.Length * 2];
        _joins?.Clear();
        _joinValues?.Clear();
        _waiting?.Clear();
    }

    /// <summary>Whether a column's value is still to come.</summary>
    public bool IsWaiting(Column column) => _waiting is not null && _waiting.Exists(waiting => waiting.Field.Column == column);
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
