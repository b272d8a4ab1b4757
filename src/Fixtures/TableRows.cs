namespace Fixtures;

/// <summary>How many rows a table holds.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="Rows">How many.</param>
public sealed record TableRows(string Table, long Rows);
