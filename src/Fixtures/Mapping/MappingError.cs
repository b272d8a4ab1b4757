namespace Fixtures.Mapping;

/// <summary>
/// Says why a record does not fit the schema. Whoever maps the record adds where: file, line, model, pk.
/// </summary>
internal sealed class MappingError(string message) : Exception(message)
{
    /// <summary>The field, if the error is about one.</summary>
    public string? Field { get; init; }

    /// <summary>The table that lacks the row that a natural key refers to, if that is what is wrong.</summary>
    public Table? Missing { get; init; }

    /// <summary>Whether it is a name that does not fit the schema, in each record that has it.</summary>
    public bool IsAboutName { get; set; }

    /// <summary>The node that is wrong, or -1 for the record as a whole. Whoever knows it first says it.</summary>
    public int Node { get; set; } = -1;
}
