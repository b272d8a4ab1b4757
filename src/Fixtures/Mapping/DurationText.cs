using System.Globalization;
using System.Text;
using System.Xml;
using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>Durations: ISO 8601 (<c>P1DT2H3M4.5S</c>) or <c>[d ]hh:mm:ss[.f]</c>, with <c>day</c> or <c>days</c> after the days or without; days alone.</summary>
internal static class DurationText
{
    private const int LongestText = 64;

    // More than 64 bit of microseconds hold, and little enough to compute with.
    private const long MostDays = 1_000_000_000;

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
        if (!TryParse(text, out decimal ticks) || ticks != decimal.Truncate(ticks))
            return false;

        if (asText)
        {
            if (ticks is < long.MinValue or > long.MaxValue)
                return false;
            new TimeSpan((long)ticks).TryFormat(record.Reserve(LongestText), out int written, "c", CultureInfo.InvariantCulture);
            value = SqlValue.FromText(record.Commit(written), written);
            return true;
        }
        // More microseconds fit into 64 bit than a TimeSpan holds.
        decimal microseconds = ticks / TimeSpan.TicksPerMicrosecond;
        if (microseconds != decimal.Truncate(microseconds) || microseconds is < long.MinValue or > long.MaxValue)
            return false;
        value = SqlValue.FromInteger((long)microseconds);
        return true;
    }

    private static bool TryParse(ReadOnlySpan<char> text, out decimal ticks)
    {
        if (text[0] == 'P' || text.StartsWith("-P", StringComparison.Ordinal))
            return TryParseIso(text, out ticks);

        // hh:mm:ss may follow days; the days have a sign of their own: "-1 02:00:00" is minus one day plus two hours.
        ticks = 0;
        long days = 0;
        int clock = text.LastIndexOf(' ');
        if (text.EndsWith("day", StringComparison.Ordinal) || text.EndsWith("days", StringComparison.Ordinal))
            clock = text.Length;
        else if (!text.Contains(':'))
            return false;
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
                || days is < -MostDays or > MostDays)
            {
                return false;
            }
            if (clock == text.Length)
            {
                ticks = days * (decimal)TimeSpan.TicksPerDay;
                return true;
            }
            text = text[(clock + 1)..];
        }

        bool negative = text[0] == '-';
        if (text[0] is '-' or '+')
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
        ticks = (days * 86400m + (seconds + last) * (negative ? -1 : 1)) * TimeSpan.TicksPerSecond;
        return true;
    }

    private static bool TryParseIso(ReadOnlySpan<char> text, out decimal ticks)
    {
        ticks = 0;
        try
        {
            ticks = XmlConvert.ToTimeSpan(text.ToString()).Ticks;
            return true;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return false;
        }
    }
}
