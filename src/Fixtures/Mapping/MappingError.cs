namespace Fixtures.Mapping;

/// <summary>
/// Says why a record does not fit the schema. Whoever maps the record adds where: file, line, model, pk.
/// </summary>
internal sealed class MappingError(string message) : Exception(message)
{
    /// <summary>The field, if the error is about one.</summary>
    public string? Field { get; init; }

    /// <summary>The node that is wrong, or -1 for the record as a whole. Whoever knows it first says it.</summary>
    public int Node { get; set; } = -1;
}
