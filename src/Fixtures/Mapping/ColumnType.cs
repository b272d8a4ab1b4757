using System.Globalization;

namespace Fixtures.Mapping;

/// <summary>What a value must be, and how it is stored.</summary>
internal enum ValueType : byte
{
    /// <summary>As it comes.</summary>
    Any,
    Bool,
    Integer,
    Real,
    Decimal,
    Date,
    DateTime,
    DateTimeOffset,
    Time,

    /// <summary>Microseconds in an integer column.</summary>
    Duration,

    /// <summary>TimeSpan text.</summary>
    DurationText,

    /// <summary>32 hexadecimal digits of a UUID, or else plain text.</summary>
    Hex32,
    Uuid,
    Json,
    Blob,

    /// <summary>Text of any length; lists and objects as JSON.</summary>
    Text,

    /// <summary>Text of a declared length; no lists, no objects.</summary>
    ShortText,

    /// <summary>char(39), an IP address in Django's schemas: stored in its one canonical form. Else plain text.</summary>
    Address,
    Csv,
}

/// <summary>A column's type: by its declaration, or by the <c>types</c> of its model.</summary>
/// <param name="Type">What a value must be.</param>
/// <param name="Precision">Digits of a rounded decimal, else 0.</param>
/// <param name="Scale">Digits after the point of a rounded decimal.</param>
/// <param name="EmptyAsNull">Whether an empty text is NULL.</param>
internal readonly record struct ColumnType(ValueType Type, int Precision = 0, int Scale = 0, bool EmptyAsNull = false)
{
    /// <summary>Whether NULL may become the empty text (<see cref="MissingText.Empty"/>).</summary>
    public bool CanBeEmptyText => Type is ValueType.Text or ValueType.ShortText;

    /// <summary>The type that a declaration stands for; SQLite itself takes any words, see https://www.sqlite.org/datatype3.html.</summary>
    public static ColumnType FromDeclaration(string declaration, bool isJson)
    {
        if (isJson)
            return new ColumnType(ValueType.Json);

        (string name, string arguments) = Split(declaration);
        return name switch
        {
            "" or "any" => new ColumnType(ValueType.Any),
            "bool" or "boolean" => new ColumnType(ValueType.Bool),
            "real" or "double" or "double precision" or "float" => new ColumnType(ValueType.Real),
            "decimal" or "numeric" => new ColumnType(ValueType.Decimal),
            "date" => new ColumnType(ValueType.Date),
            "datetime" or "timestamp" => new ColumnType(ValueType.DateTime),
            "datetimeoffset" => new ColumnType(ValueType.DateTimeOffset),
            "time" => new ColumnType(ValueType.Time),
            "uuid" or "guid" or "uniqueidentifier" => new ColumnType(ValueType.Uuid),
            "json" or "jsonb" => new ColumnType(ValueType.Json),
            "blob" or "binary" or "varbinary" or "bytea" => new ColumnType(ValueType.Blob),
            "char" when arguments == "(32)" => new ColumnType(ValueType.Hex32),
            "char" when arguments == "(39)" => new ColumnType(ValueType.Address),
            _ when IsShortText(name) => new ColumnType(ValueType.ShortText),
            _ when IsInteger(name) => new ColumnType(ValueType.Integer),
            _ => new ColumnType(ValueType.Text),
        };
    }

    /// <summary>How many characters a declaration such as <c>varchar(20)</c> allows.</summary>
    /// <returns>Null if it does not say.</returns>
    public static int? LengthOf(string declaration)
    {
        (string name, string arguments) = Split(declaration);
        return IsShortText(name) && arguments.Length > 2 && int.TryParse(arguments.AsSpan()[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int length) ? length : null;
    }

    private static (string Name, string Arguments) Split(string declaration)
    {
        string words = declaration.Trim().ToLowerInvariant();
        int parenthesis = words.IndexOf('(', StringComparison.Ordinal);
        return parenthesis < 0 ? (words, "") : (words[..parenthesis].Trim(), words[parenthesis..].Replace(" ", "", StringComparison.Ordinal));
    }

    private static bool IsShortText(string name) => name is "varchar" or "char" or "nvarchar" or "nchar" or "character" or "character varying";

    /// <summary>The type that an entry of <c>types</c> names, for a column of this type.</summary>
    /// <returns>Null if the name is not known.</returns>
    public ColumnType? Override(string name)
    {
        switch (name)
        {
            case "bool": return new ColumnType(ValueType.Bool);
            case "integer": return new ColumnType(ValueType.Integer);
            case "real": return new ColumnType(ValueType.Real);
            case "decimal": return new ColumnType(ValueType.Decimal);
            case "date": return new ColumnType(ValueType.Date);
            case "datetime": return new ColumnType(ValueType.DateTime);
            case "datetimeoffset": return new ColumnType(ValueType.DateTimeOffset);
            case "time": return new ColumnType(ValueType.Time);
            case "duration": return new ColumnType(Type is ValueType.Text or ValueType.ShortText ? ValueType.DurationText : ValueType.Duration);
            case "uuid": return new ColumnType(Type == ValueType.Hex32 ? ValueType.Hex32 : ValueType.Uuid);
            case "json": return new ColumnType(ValueType.Json);
            case "blob": return new ColumnType(ValueType.Blob);
            case "text": return new ColumnType(ValueType.Text);
            case "csv": return new ColumnType(ValueType.Csv);
            case "emptyAsNull": return this with { EmptyAsNull = true };
        }
        if (!name.StartsWith("decimal(", StringComparison.Ordinal) || !name.EndsWith(')'))
            return null;

        string[] digits = name["decimal(".Length..^1].Split(',');
        return digits.Length == 2
            && int.TryParse(digits[0], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int precision)
            && int.TryParse(digits[1], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int scale)
            && precision > 0 && scale <= precision
            ? new ColumnType(ValueType.Decimal, precision, scale)
            : null;
    }

    private static bool IsInteger(string name) =>
        name.Split(' ')[0] is "int" or "integer" or "bigint" or "smallint" or "mediumint" or "tinyint" or "int2" or "int4" or "int8" or "unsigned";
}
