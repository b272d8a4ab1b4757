using System.Globalization;
using System.Text;
using Fixtures.Mapping;

namespace Fixtures.Tests.Mapping;

/// <summary>What the fast ways take, they take as .NET's parsers do.</summary>
public sealed class ExactNumberTests
{
    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1x")]
    [InlineData("--1")]
    [InlineData("1.2.3")]
    [InlineData("1e3")]
    [InlineData("1234567890123456789")]
    public void What_is_no_short_number_is_left_to_others(string text)
    {
        Assert.False(ExactNumber.TryParseInteger(Encoding.UTF8.GetBytes(text), out _));
        Assert.False(ExactNumber.TryParseReal(Encoding.UTF8.GetBytes(text), out _));
    }

    [Fact]
    public void An_integer_is_the_parsers()
    {
        foreach (string text in Numbers().Where(text => !text.Contains('.', StringComparison.Ordinal)))
        {
            if (ExactNumber.TryParseInteger(Encoding.UTF8.GetBytes(text), out long value))
                Assert.Equal(long.Parse(text, CultureInfo.InvariantCulture), value);
            else
                Assert.True(text.Length > 18, text);
        }
    }

    [Fact]
    public void A_real_is_the_parsers_to_the_last_bit()
    {
        foreach (string text in Numbers())
        {
            if (ExactNumber.TryParseReal(Encoding.UTF8.GetBytes(text), out double value))
                Assert.Equal(BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)), BitConverter.DoubleToInt64Bits(value));
            else
                Assert.True(text.Count(char.IsAsciiDigit) > 15, text);
        }
    }

    private static IEnumerable<string> Numbers()
    {
        var random = new Random(2);
        foreach (string special in (string[])["0", "-0", "-0.0", "007", ".5", "5.", "0.1", "0.000000000000001", "123456789012345", "999999999999999", "-99999999999999.9"])
            yield return special;
        for (int i = 0; i < 50_000; i++)
        {
            string digits = string.Concat(Enumerable.Range(0, random.Next(1, 21)).Select(_ => (char)('0' + random.Next(10))));
            yield return (random.Next(2) == 0 ? "-" : "") + (random.Next(2) == 0 ? digits : digits.Insert(random.Next(digits.Length + 1), "."));
        }
    }
}
