using System.Globalization;
using static Fixtures.Tests.Mapping.ColumnValues;

namespace Fixtures.Tests.Mapping;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("P1DT2H3M4.5S", 93_784_500_000L)]
    [InlineData("-PT1S", -1_000_000L)]
    [InlineData("1 02:03:04.5", 93_784_500_000L)]
    [InlineData("1 day, 2:03:04.5", 93_784_500_000L)]
    [InlineData("3 days, 0:00:00", 259_200_000_000L)]
    [InlineData("-1 day, 23:59:59", -1_000_000L)]
    [InlineData("-1 23:59:59", -1_000_000L)]
    [InlineData("00:00:00.000001", 1L)]
    [InlineData("-00:00:01.5", -1_500_000L)]
    [InlineData("99:59:59", 359_999_000_000L)]
    [InlineData("05:30", 330_000_000L)]
    [InlineData("3 days", 259_200_000_000L)]
    [InlineData("-1 days +23:59:59", -1_000_000L)]
    public void A_duration_is_microseconds_in_an_integer_column(string text, long stored)
    {
        Assert.Equal(stored, Store("bigint", $"\"{text}\"", "duration"));
        Assert.Equal(new TimeSpan(stored * 10).ToString("c", CultureInfo.InvariantCulture), Store("text", $"\"{text}\"", "duration"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("5")]
    [InlineData("P")]
    [InlineData("1 week 00:00:00")]
    [InlineData("00:00:00.0000001")]
    [InlineData("1:2:3:4")]
    [InlineData("1:0:0:0:0:0:0:0:0:0:0:0:0")]
    [InlineData("1:-2:3")]
    [InlineData("99999999999 00:00:00")]
    [InlineData("106751992 00:00:00")]
    [InlineData("-9223372036854775808 00:00:00")]
    [InlineData("00:00:00 00:00:00")]
    [InlineData(" ")]
    public void What_is_no_duration_is_refused(string text) => Assert.Contains("duration", Refused("bigint", $"\"{text}\"", "duration").Message, StringComparison.Ordinal);
}
