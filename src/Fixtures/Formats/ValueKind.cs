namespace Fixtures.Formats;

/// <summary>What a format knows of a value's type before the schema has a say.</summary>
internal enum ValueKind : byte
{
    Null,
    True,
    False,

    /// <summary>A number in JSON's grammar, its digits as in the source.</summary>
    Number,

    /// <summary>Text that the source marks as text: a JSON string, a quoted or block scalar in YAML.</summary>
    Text,

    /// <summary>A plain YAML scalar that is no null: its type is the column's to say.</summary>
    Plain,

    /// <summary>The characters of an XML element: no type at all.</summary>
    Characters,

    /// <summary>Base64 of bytes (YAML's <c>!!binary</c>).</summary>
    Binary,

    List,
    Map,
}

internal static class ValueKindText
{
    /// <summary>The kind as messages call it.</summary>
    public static string Describe(this ValueKind kind) => kind switch
    {
        ValueKind.Null => "null",
        ValueKind.True => "true",
        ValueKind.False => "false",
        ValueKind.Number => "a number",
        ValueKind.Binary => "binary data",
        ValueKind.List => "a list",
        ValueKind.Map => "an object",
        _ => "a text",
    };
}
