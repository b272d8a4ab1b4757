namespace Fixtures.Mapping;

/// <summary>What identifies a row of a table instead of its primary key.</summary>
/// <param name="Table">The table.</param>
/// <param name="Parts">One part for each element of a key in a fixture, in order.</param>
/// <param name="IsConfigured">Whether the configuration names it; else it is the table's unique index, in which no NULL equals another.</param>
internal sealed record NaturalKey(Table Table, NaturalKeyPart[] Parts, bool IsConfigured)
{
    /// <summary>The columns of the table itself that the key needs.</summary>
    public Column[] OwnColumns { get; } = [.. Parts.Select(part => part.Walk.Length > 0 ? part.Walk[0].Column : part.Target.Column).Distinct()];

    /// <summary>The table and those that the key's parts walk to.</summary>
    public IEnumerable<Table> Tables => Parts.SelectMany(part => part.Walk).Select(step => step.Reference!.Table).Prepend(Table).Distinct();
}

/// <summary>One part of a natural key.</summary>
/// <param name="Walk">The foreign keys that lead to the column's table, first one in the key's own table; empty where it is that table.</param>
/// <param name="Target">The column whose value is compared.</param>
internal sealed record NaturalKeyPart(ColumnField[] Walk, ColumnField Target);
