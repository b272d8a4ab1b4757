using static Fixtures.Tests.Mapping.ColumnValues;

namespace Fixtures.Tests.Mapping;

public sealed class PlainScalarTests
{
    [Theory]
    [InlineData("12", 12)]
    [InlineData("+5", 5)]
    [InlineData("-0", 0)]
    [InlineData("012", 10)]
    [InlineData("-012", -10)]
    [InlineData("0b11", 3)]
    [InlineData("0x1F", 31)]
    [InlineData("-0x1f", -31)]
    [InlineData("1_000", 1000)]
    [InlineData("0_7", 7)]
    [InlineData("12:30", 750)]
    [InlineData("-1:00:00", -3600)]
    [InlineData("5.0", 5)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("0x7fffffffffffffff", long.MaxValue)]
    public void An_integer_is_what_YAML_1_1_makes_of_it(string yaml, long stored) => Assert.Equal(stored, StoreYaml("integer", yaml));

    [Theory]
    [InlineData("08", 8)]
    [InlineData("'012'", 12)]
    [InlineData("\"007\"", 7)]
    public void What_is_text_in_YAML_is_the_text_of_an_integer(string yaml, long stored) => Assert.Equal(stored, StoreYaml("integer", yaml));

    [Theory]
    [InlineData("1e3")]
    [InlineData("1.5")]
    [InlineData("12:60")]
    [InlineData("0b")]
    [InlineData("0b2")]
    [InlineData("0x")]
    [InlineData("'0x1f'")]
    [InlineData("'12:30'")]
    [InlineData("_1")]
    [InlineData("0x8000000000000000")]
    [InlineData("9223372036854775808")]
    [InlineData("yes")]
    public void What_is_no_integer_in_YAML_is_refused(string yaml) =>
        Assert.Contains("integer", Refused(() => StoreYaml("integer", yaml)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("012")]
    [InlineData("0x1f")]
    [InlineData("no")]
    [InlineData("1_000")]
    [InlineData("12:30")]
    public void Text_stays_as_it_is_written(string yaml) => Assert.Equal(yaml, StoreYaml("text", yaml));
}
