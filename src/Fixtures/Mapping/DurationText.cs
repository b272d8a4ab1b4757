using System.Globalization;
using System.Text;
using System.Xml;
using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>Durations: ISO 8601 (<c>P1DT2H3M4.5S</c>) or <c>[d ]hh:mm:ss[.f]</c>, with <c>day</c> or <c>days</c> after the days or without.</summary>
internal static class DurationText
{
    private const int LongestText = 64;

    /// <param name="record">The record.</param>
    /// <param name="node">The value.</param>
    /// <param name="asText">Whether TimeSpan's text is stored, or else microseconds.</param>
    /// <param name="value">What is stored.</param>
    public static bool TryConvert(Record record, int node, bool asText, out SqlValue value)
    {
        value = SqlValue.Null;
        ReadOnlySpan<byte> utf8 = record.Value(node).Trim(" \t\r\n"u8);
        if ((!ValueConverter.IsScalarText(record[node].Kind) && record[node].Kind != ValueKind.Number) || utf8.Length is 0 or > LongestText)
            return false;

        Span<char> characters = stackalloc char[LongestText];
        ReadOnlySpan<char> text = characters[..Encoding.UTF8.GetChars(utf8, characters)];
        if (!TryParse(text, out TimeSpan duration))
            return false;

        if (asText)
        {
            duration.TryFormat(record.Reserve(LongestText), out int written, "c", CultureInfo.InvariantCulture);
            value = SqlValue.FromText(record.Commit(written), written);
            return true;
        }
        if (duration.Ticks % TimeSpan.TicksPerMicrosecond != 0)
            return false;
        value = SqlValue.FromInteger(duration.Ticks / TimeSpan.TicksPerMicrosecond);
        return true;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        if (text[0] == 'P' || text.StartsWith("-P", StringComparison.Ordinal))
            return TryParseIso(text, out duration);

        // hh:mm:ss may follow days; the days have a sign of their own: "-1 02:00:00" is minus one day plus two hours.
        duration = TimeSpan.Zero;
        long days = 0;
        int clock = text.LastIndexOf(' ');
        if (clock > 0)
        {
            ReadOnlySpan<char> dayText = text[..clock].TrimEnd(',');
            int word = dayText.IndexOf(' ');
            if (word > 0)
            {
                if (dayText[(word + 1)..].Trim() is not ("day" or "days"))
                    return false;
                dayText = dayText[..word];
            }
            if (!long.TryParse(dayText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out days)
                || days < TimeSpan.MinValue.Days || days > TimeSpan.MaxValue.Days)
            {
                return false;
            }
            text = text[(clock + 1)..];
        }

        bool negative = text.StartsWith("-", StringComparison.Ordinal);
        if (negative)
            text = text[1..];
        long seconds = 0;
        for (int parts = 1; text.IndexOf(':') is >= 0 and int colon; parts++)
        {
            if (parts == 3 || !int.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int part))
                return false;
            seconds = (seconds + part) * 60;
            text = text[(colon + 1)..];
        }
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal last))
            return false;
        decimal ticks = (days * 86400m + (seconds + last) * (negative ? -1 : 1)) * TimeSpan.TicksPerSecond;
        if (ticks != decimal.Truncate(ticks) || ticks is < long.MinValue or > long.MaxValue)
            return false;
        duration = new TimeSpan((long)ticks);
        return true;
    }

    private static bool TryParseIso(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        try
        {
            duration = XmlConvert.ToTimeSpan(text.ToString());
            return true;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return false;
        }
    }
}
