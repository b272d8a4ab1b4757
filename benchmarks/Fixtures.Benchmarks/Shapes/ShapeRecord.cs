using System.Globalization;
using Fixtures.Benchmarks.Posts;

namespace Fixtures.Benchmarks.Shapes;

/// <summary>A record as a fixture has it, and the statements that store it.</summary>
/// <param name="Model">Its model.</param>
/// <param name="Key">Its pk.</param>
/// <param name="Fields">Texts, integers, reals, booleans and lists of those.</param>
/// <param name="Writes">In the order in which they run.</param>
internal sealed record ShapeRecord(string Model, long Key, IEnumerable<(string Name, object Value)> Fields, params ShapeWrite[] Writes)
{
    /// <summary>The record on one line, spaced as Django spaces it.</summary>
    public string Json => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"model": "{{Model}}", "pk": {{Key}}, "fields": {{{string.Join(", ", Fields.Select(member => $"\"{member.Name}\": {JsonOf(member.Value)}"))}}""") + "}}";

    private static string JsonOf(object value) => value switch
    {
        string text => PostFiles.Quote(text),
        bool isTrue => isTrue ? "true" : "false",
        object[] list => $"[{string.Join(", ", list.Select(JsonOf))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}

/// <summary>A statement, and the values of its parameters <c>$0</c>, <c>$1</c> ...</summary>
internal sealed record ShapeWrite(string Sql, params object[] Values);
