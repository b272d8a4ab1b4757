using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fixtures.Tests.Conformance;

/// <summary>Compares one stored value with the corpus, and writes rows as its digests do.</summary>
internal static class StoredValue
{
    /// <summary>Whether a stored value is the expected one, with the freedoms that the column's kind gives.</summary>
    public static bool Matches(JsonElement expected, object? actual, ColumnKind kind)
    {
        if (kind == ColumnKind.Custom || IsAny(expected))
            return true;
        object? wanted = Read(expected);
        return (wanted, actual) switch
        {
            (null, null) => true,
            (null or "", null or "") when kind == ColumnKind.File => true,
            (long left, long right) => left == right,
            (double left, double right) => left.Equals(right),
            (byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right),
            (string left, string right) => left == right || AreSameText(left, right, kind),
            _ => false,
        };
    }

    public static bool IsAny(JsonElement expected) => expected.ValueKind == JsonValueKind.Object && expected.TryGetProperty("$any", out _);

    /// <summary>A value with its storage type, as a message shows it.</summary>
    public static string Describe(object? value) => value switch
    {
        null => "NULL",
        long integer => string.Create(CultureInfo.InvariantCulture, $"integer {integer}"),
        double real => string.Create(CultureInfo.InvariantCulture, $"real {real:R}"),
        byte[] blob => $"blob {Shortened(Convert.ToHexStringLower(blob))}",
        _ => $"text '{Shortened(((string)value).ReplaceLineEndings("\\n"))}'",
    };

    public static string Describe(JsonElement expected) => IsAny(expected) ? "any value" : Describe(Read(expected));

    /// <summary>The digest of rows, with the freedoms written as the corpus's loader stores them.</summary>
    public static string Digest(StoredTable table)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new StringBuilder();
        foreach (object?[] row in table.Rows)
        {
            text.Clear();
            text.AppendJoin('\x1f', row.Select((value, index) => DigestCell(value, table.Columns[index].Kind))).Append('\x1e');
            hash.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string DigestCell(object? value, ColumnKind kind)
    {
        switch (value)
        {
            case null:
                return kind == ColumnKind.File ? "t" : "n";
            case long integer:
                return "i" + integer.ToString(CultureInfo.InvariantCulture);
            case double real:
                Span<byte> bytes = stackalloc byte[sizeof(double)];
                BinaryPrimitives.WriteDoubleBigEndian(bytes, real);
                return "r" + Convert.ToHexStringLower(bytes);
            case byte[] blob:
                return "b" + Convert.ToHexStringLower(blob);
            default:
                string text = (string)value;
                return "t" + kind switch
                {
                    ColumnKind.Time => WithSixDigits(text),
                    ColumnKind.Uuid => PlainUuid(text),
                    ColumnKind.Json => SpacedJson(text),
                    _ => text,
                };
        }
    }

    private static object? Read(JsonElement expected) => expected.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => expected.GetString(),
        // A fraction or an exponent makes a REAL, also in '1.0'.
        JsonValueKind.Number => expected.GetRawText().AsSpan().ContainsAny(".eE") ? expected.GetDouble() : (object)expected.GetInt64(),
        _ when expected.TryGetProperty("$blob", out JsonElement hex) => Convert.FromHexString(hex.GetString()!),
        _ when expected.TryGetProperty("$real", out JsonElement real) => real.GetString() switch
        {
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            "nan" => double.NaN,
            string number => double.Parse(number, CultureInfo.InvariantCulture),
            null => throw new InvalidDataException("'$real' is null."),
        },
        _ => throw new InvalidDataException($"The expected value '{expected.GetRawText()}' is not known."),
    };

    private static bool AreSameText(string left, string right, ColumnKind kind) => kind switch
    {
        ColumnKind.Time => WithoutTrailingZeros(left) == WithoutTrailingZeros(right),
        ColumnKind.Uuid => PlainUuid(left) == PlainUuid(right),
        ColumnKind.Json => JsonElement.DeepEquals(JsonElement.Parse(left), JsonElement.Parse(right)),
        _ => false,
    };

    private static string WithoutTrailingZeros(string time) => time.Contains('.', StringComparison.Ordinal) ? time.TrimEnd('0').TrimEnd('.') : time;

    private static string WithSixDigits(string time)
    {
        int dot = time.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? time : time.PadRight(dot + 7, '0');
    }

    private static string PlainUuid(string uuid) => uuid.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>JSON with a space after each comma and colon, and ASCII alone.</summary>
    private static string SpacedJson(string json)
    {
        var text = new StringBuilder();
        Write(JsonElement.Parse(json));
        return text.ToString();

        void Write(JsonElement value)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    string between = "{";
                    foreach (JsonProperty member in value.EnumerateObject())
                    {
                        text.Append(between);
                        WriteText(member.Name);
                        text.Append(": ");
                        Write(member.Value);
                        between = ", ";
                    }
                    text.Append(between == "{" ? "{}" : "}");
                    break;
                case JsonValueKind.Array:
                    string separator = "[";
                    foreach (JsonElement item in value.EnumerateArray())
                    {
                        text.Append(separator);
                        Write(item);
                        separator = ", ";
                    }
                    text.Append(separator == "[" ? "[]" : "]");
                    break;
                case JsonValueKind.String:
                    WriteText(value.GetString()!);
                    break;
                default:
                    text.Append(value.GetRawText());
                    break;
            }
        }

        void WriteText(string value)
        {
            text.Append('"');
            foreach (char c in value)
            {
                _ = c switch
                {
                    '"' => text.Append("\\\""),
                    '\\' => text.Append("\\\\"),
                    '\n' => text.Append("\\n"),
                    '\r' => text.Append("\\r"),
                    '\t' => text.Append("\\t"),
                    '\b' => text.Append("\\b"),
                    '\f' => text.Append("\\f"),
                    < ' ' or > '~' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                    _ => text.Append(c),
                };
            }
            text.Append('"');
        }
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
