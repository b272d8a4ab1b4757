using System.Globalization;
using System.Text;

namespace Fixtures.Mapping;

/// <summary>SQLite's storage classes.</summary>
internal enum SqlType : byte
{
    Null,
    Integer,
    Real,
    Text,
    Blob,
}

/// <summary>A value as SQLite stores it. Text and blobs are slices of the bytes of a <see cref="Formats.Record"/>.</summary>
internal readonly struct SqlValue
{
    private readonly long _number;

    private SqlValue(SqlType type, long number, int start = 0, int length = 0)
    {
        Type = type;
        _number = number;
        Start = start;
        Length = length;
    }

    public static SqlValue Null => default;

    public SqlType Type { get; }

    public int Start { get; }

    public int Length { get; }

    public long Integer => _number;

    public double Real => BitConverter.Int64BitsToDouble(_number);

    public bool IsNull => Type == SqlType.Null;

    /// <summary>The value as messages show it, which is how <see cref="Statement.Display"/> shows it once it is stored.</summary>
    /// <param name="arena">The bytes that it slices.</param>
    public string Display(ReadOnlySpan<byte> arena) => Type switch
    {
        SqlType.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        SqlType.Real => Real.ToString(CultureInfo.InvariantCulture),
        SqlType.Text => Encoding.UTF8.GetString(arena.Slice(Start, Length)),
        SqlType.Blob => $"x'{Convert.ToHexStringLower(arena.Slice(Start, Length))}'",
        _ => "NULL",
    };

    public static SqlValue FromInteger(long value) => new(SqlType.Integer, value);

    public static SqlValue FromReal(double value) => new(SqlType.Real, BitConverter.DoubleToInt64Bits(value));

    public static SqlValue FromText(int start, int length) => new(SqlType.Text, 0, start, length);

    public static SqlValue FromBlob(int start, int length) => new(SqlType.Blob, 0, start, length);
}
