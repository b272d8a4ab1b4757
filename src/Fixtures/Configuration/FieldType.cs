using System.Globalization;

namespace Fixtures.Configuration;

/// <summary>The names that <c>types</c> may hold.</summary>
internal static class FieldType
{
    private const string Decimal = "decimal";

    private static readonly string[] Names =
    [
        "bool", "integer", "real", Decimal, "decimal(p,s)", "date", "datetime", "datetimeoffset", "time", "duration", "uuid", "json", "blob", "text", "csv", "emptyAsNull",
    ];

    /// <summary>Whether a name is known, and how it is kept: <c>decimal(10, 2)</c> without the space.</summary>
    public static bool TryRead(string name, out string type)
    {
        type = name;
        if (name.StartsWith(Decimal + "(", StringComparison.Ordinal) && name.EndsWith(')'))
        {
            string[] parts = name[(Decimal.Length + 1)..^1].Split(',', StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !Digits(parts[0], out int precision) || !Digits(parts[1], out int scale) || precision < 1 || scale > precision)
                return false;

            type = string.Create(CultureInfo.InvariantCulture, $"{Decimal}({precision},{scale})");
            return true;
        }

        return Names.Contains(name) && !name.Contains('(', StringComparison.Ordinal);
    }

    /// <summary>What to say of a name that is not known.</summary>
    public static string Problem(string name, string what)
    {
        if (name.StartsWith(Decimal + "(", StringComparison.OrdinalIgnoreCase))
            return $"{what} is '{name}'. Write decimal(p,s) with p digits in all, s of them after the point: decimal(10,2).";

        string meant = NearestName.Among(name, Names) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return $"{what} is '{name}', which is not a known type.{meant} Known are {string.Join(", ", Names)}.";
    }

    private static bool Digits(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
