using static Fixtures.Tests.Mapping.ColumnValues;

namespace Fixtures.Tests.Mapping;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("\"9223372036854775807\"", long.MaxValue)]
    [InlineData("\"-5\"", -5)]
    [InlineData("\" 5 \"", 5)]
    [InlineData("\"007\"", 7)]
    [InlineData("5.0", 5)]
    [InlineData("1e3", 1000)]
    [InlineData("true", 1)]
    [InlineData("\"1_000\"", 1000)]
    public void An_integer_is_stored_as_one(string json, long stored) => Assert.Equal(stored, Store("integer", json));

    [Theory]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("1e19")]
    [InlineData("5.5")]
    [InlineData("1e-400")]
    [InlineData("5.00000000000000000000000000000000001")]
    [InlineData("\"\"")]
    [InlineData("\"5x\"")]
    [InlineData("\"_5\"")]
    [InlineData("\"5_\"")]
    [InlineData("\"5__5\"")]
    [InlineData("\"1e3\"")]
    [InlineData("\"5 5\"")]
    [InlineData("\"0x10\"")]
    [InlineData("\"１\"")]
    [InlineData("[5]")]
    [InlineData("{\"a\": 5}")]
    public void What_is_no_integer_is_refused(string json)
    {
        FixtureError error = Refused("bigint", json);
        Assert.Contains("integer", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 42), (error.Line, error.Column));
    }

    [Theory]
    [InlineData("1", 1.0)]
    [InlineData("1.5", 1.5)]
    [InlineData("-1.5e300", -1.5e300)]
    [InlineData("5e-324", 5e-324)]
    [InlineData("\"1.5\"", 1.5)]
    [InlineData("\"1_0.5\"", 10.5)]
    [InlineData("true", 1.0)]
    [InlineData("\"inf\"", double.PositiveInfinity)]
    [InlineData("\"-Infinity\"", double.NegativeInfinity)]
    public void A_real_is_stored_as_one(string json, double stored) => Assert.Equal(stored, Store("real", json));

    [Theory]
    [InlineData(".inf", double.PositiveInfinity)]
    [InlineData("-.inf", double.NegativeInfinity)]
    [InlineData("1e3", 1000.0)]
    [InlineData("1_000.5", 1000.5)]
    public void A_real_in_YAML_is_one_too(string yaml, double stored) => Assert.Equal(stored, StoreYaml("double", yaml));

    [Theory]
    [InlineData("\"nan\"")]
    [InlineData("\"NaN\"")]
    [InlineData("1e400")]
    [InlineData("\"\"")]
    [InlineData("\"1,5\"")]
    [InlineData("\"1 000\"")]
    [InlineData("[1.5]")]
    public void What_is_no_real_is_refused(string json) => Assert.Contains("number", Refused("float", json).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1.10", 1.1)]
    [InlineData("\"1.10\"", 1.1)]
    [InlineData("5", 5L)]
    [InlineData("\"5\"", 5L)]
    [InlineData("5.00", 5L)]
    [InlineData("1e2", 100L)]
    [InlineData("\"+5.5\"", 5.5)]
    [InlineData("9007199254740993", 9007199254740993L)]
    [InlineData("\"1_000.5\"", 1000.5)]
    [InlineData("true", 1L)]
    public void A_decimal_is_what_the_columns_affinity_makes_of_its_text(string json, object stored) => Assert.Equal(stored, Store("decimal(10,2)", json));

    [Theory]
    [InlineData("1.10", "1.10")]
    [InlineData("\"1.10\"", "1.10")]
    [InlineData("123456789012345678901234567890.123456789012345678901234567890", "123456789012345678901234567890.123456789012345678901234567890")]
    [InlineData("\" 1.5 \"", "1.5")]
    [InlineData("\".5\"", ".5")]
    [InlineData("\"-007.\"", "-007.")]
    public void A_decimal_in_a_text_column_keeps_its_digits(string json, string stored) => Assert.Equal(stored, Store("text", json, "decimal"));

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"x\"")]
    [InlineData("\"1.5.5\"")]
    [InlineData("\".\"")]
    [InlineData("\"-\"")]
    [InlineData("\"+-5\"")]
    [InlineData("\"--5\"")]
    [InlineData("\"1e\"")]
    [InlineData("\"nan\"")]
    [InlineData("\"1,5\"")]
    [InlineData("[1]")]
    [InlineData("1e400")]
    [InlineData("\"-1e400\"")]
    public void What_is_no_decimal_is_refused(string json)
    {
        Assert.Contains("decimal", Refused("numeric", json).Message, StringComparison.Ordinal);
        Refused("text", json, "decimal(5,2)");
    }

    [Theory]
    [InlineData("1", "1.00")]
    [InlineData("1.005", "1.00")]
    [InlineData("1.015", "1.02")]
    [InlineData("1.025", "1.02")]
    [InlineData("-1.015", "-1.02")]
    [InlineData("\"1.0251\"", "1.03")]
    [InlineData("999.994", "999.99")]
    [InlineData("1e2", "100.00")]
    [InlineData("0.00500000000000000000000000000000000001", "0.01")]
    [InlineData("-0.001", "0.00")]
    [InlineData("1e-2000000", "0.00")]
    [InlineData("\"007\"", "7.00")]
    [InlineData("true", "1.00")]
    public void A_decimal_of_declared_digits_is_rounded_half_even(string json, string stored) => Assert.Equal(stored, Store("text", json, "decimal(5,2)"));

    [Theory]
    [InlineData("1000")]
    [InlineData("-1000")]
    [InlineData("999.995")]
    [InlineData("1e30")]
    [InlineData("1e2000000000")]
    [InlineData("1e20000000000")]
    public void A_decimal_of_too_many_digits_is_refused(string json) => Refused("text", json, "decimal(5,2)");

    [Fact]
    public void A_decimal_may_have_more_digits_than_a_machine_number()
    {
        Assert.Equal("123456789012345678901234567890123456.12", Store("text", "123456789012345678901234567890123456.125", "decimal(38,2)"));
        Assert.Equal("6", Store("text", "5.5", "decimal(2,0)"));
    }
}
