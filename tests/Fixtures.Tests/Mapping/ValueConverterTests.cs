using System.Globalization;
using System.Text;
using static Fixtures.Tests.Mapping.ColumnValues;

namespace Fixtures.Tests.Mapping;

public sealed class ValueConverterTests
{
    private static readonly string[] Declarations =
    [
        "bool", "integer", "real", "decimal", "decimal(10,2)", "date", "datetime", "datetimeoffset", "time", "char(32)", "uuid", "json", "blob", "text", "varchar(5)", "",
    ];

    [Fact]
    public void Null_is_NULL_in_every_type()
    {
        foreach (string declaration in Declarations)
        {
            Assert.Null(Store(declaration, "null"));
            Assert.Null(StoreYaml(declaration, "~"));
            Assert.Null(StoreXml(declaration, "<None/>"));
        }
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    [InlineData("1", 1)]
    [InlineData("0", 0)]
    [InlineData("1.0", 1)]
    [InlineData("\"true\"", 1)]
    [InlineData("\"True\"", 1)]
    [InlineData("\"1\"", 1)]
    [InlineData("\"t\"", 1)]
    [InlineData("\"yes\"", 1)]
    [InlineData("\"FALSE\"", 0)]
    [InlineData("\"no\"", 0)]
    [InlineData("\"f\"", 0)]
    public void A_bool_is_1_or_0(string json, long stored) => Assert.Equal(stored, Store("bool", json));

    [Theory]
    [InlineData("yes", 1)]
    [InlineData("no", 0)]
    [InlineData("False", 0)]
    [InlineData("1", 1)]
    public void A_bool_in_YAML_and_XML_is_one_too(string text, long stored)
    {
        Assert.Equal(stored, StoreYaml("bool", text));
        Assert.Equal(stored, StoreXml("bool", text));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData("\"maybe\"")]
    [InlineData("\"\"")]
    [InlineData("[true]")]
    [InlineData("{}")]
    public void What_is_no_bool_is_refused(string json) => Assert.Contains("bool", Refused("boolean", json).Message, StringComparison.Ordinal);

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
    [InlineData("\"inf\"", double.PositiveInfinity)]
    [InlineData("\"-Infinity\"", double.NegativeInfinity)]
    public void A_real_is_stored_as_one(string json, double stored) => Assert.Equal(stored, Store("real", json));

    [Theory]
    [InlineData(".inf", double.PositiveInfinity)]
    [InlineData("-.inf", double.NegativeInfinity)]
    [InlineData("1e3", 1000.0)]
    public void A_real_in_YAML_is_one_too(string yaml, double stored) => Assert.Equal(stored, StoreYaml("double", yaml));

    [Theory]
    [InlineData("\"nan\"")]
    [InlineData("\"NaN\"")]
    [InlineData("1e400")]
    [InlineData("\"\"")]
    [InlineData("\"1,5\"")]
    [InlineData("\"1 000\"")]
    [InlineData("true")]
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
    [InlineData("true")]
    [InlineData("[1]")]
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

    [Theory]
    [InlineData("\"6BA7B810-9DAD-11D1-80B4-00C04FD430C8\"")]
    [InlineData("\"6ba7b8109dad11d180b400c04fd430c8\"")]
    [InlineData("\"{6ba7b810-9dad-11d1-80b4-00c04fd430c8}\"")]
    [InlineData("\"urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8\"")]
    public void A_UUID_is_stored_as_its_column_has_it(string json)
    {
        const string uuid = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
        Assert.Equal(uuid.Replace("-", "", StringComparison.Ordinal), Store("char(32)", json));
        Assert.Equal(uuid.ToUpperInvariant(), Store("uuid", json));
        Assert.Equal(uuid.ToUpperInvariant(), Store("text", json, "uuid"));
        Assert.Equal(uuid.Replace("-", "", StringComparison.Ordinal), Store("char(32)", json, "uuid"));
    }

    [Fact]
    public void A_UUID_is_stored_as_the_driver_stores_a_Guid()
    {
        using var project = new TestProject("CREATE TABLE t (id integer PRIMARY KEY, c guid)");
        var uuid = Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        project.LoadJson($$$"""[{"model": "t", "pk": 1, "fields": {"c": "{{{uuid}}}"}}]""");
        using var command = project.Connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM t WHERE c = $uuid";
        command.Parameters.AddWithValue("$uuid", uuid);
        Assert.Equal(1L, command.ExecuteScalar());
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"not a uuid\"")]
    [InlineData("\"6ba7b8109dad11d180b400c04fd430c\"")]
    [InlineData("\"6ba7b8109dad11d180b400c04fd430cg\"")]
    [InlineData("\"äääääääääääääääääääääääääääääääääääää\"")]
    [InlineData("5")]
    [InlineData("[]")]
    public void What_is_no_UUID_is_refused(string json) => Assert.Contains("UUID", Refused("uniqueidentifier", json).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"md5\"", "md5")]
    [InlineData("5", "5")]
    [InlineData("\"zba7b8109dad11d180b400c04fd430c8\"", "zba7b8109dad11d180b400c04fd430c8")]
    public void What_is_no_UUID_is_plain_text_in_a_char_32(string json, string stored) => Assert.Equal(stored, Store("char(32)", json));

    [Theory]
    [InlineData("""{"b": 1.50, "a": [1E2, true, null, {}], "a": "é\n\u0001\"\\/"}""", """{"b":1.50,"a":[1E2,true,null,{}],"a":"é\n\u0001\"\\/"}""")]
    [InlineData("\"text\"", "\"text\"")]
    [InlineData("[]", "[]")]
    [InlineData("[12345678901234567890123456789.0]", "[12345678901234567890123456789.0]")]
    [InlineData("false", "false")]
    public void JSON_is_stored_compact_as_in_the_source(string json, string stored)
    {
        Assert.Equal(stored, Store("json", json));
        Assert.Equal(stored, Store("text CHECK (json_valid(c) OR c IS NULL)", json));
        Assert.Equal(stored, StoreXml("text CHECK (json_valid(c))", json));
    }

    [Theory]
    [InlineData("{b: 1.50, a: [yes, 012, 1e3, True, ~, \"1\", .5]}", """{"b":1.50,"a":["yes","012",1e3,true,null,"1",".5"]}""")]
    [InlineData("\"true\"", "\"true\"")]
    public void JSON_in_YAML_has_the_types_that_JSON_has(string yaml, string stored) => Assert.Equal(stored, StoreYaml("json", yaml));

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\": }")]
    [InlineData("text")]
    public void Characters_of_XML_that_are_not_JSON_are_refused(string content) => Assert.Contains("JSON", Refused(() => StoreXml("json", content)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"AA==\"", "00")]
    [InlineData("\"/+7dzA==\"", "FFEEDDCC")]
    [InlineData("\"/+7d\\nzA==\\n\"", "FFEEDDCC")]
    public void Base64_is_a_blob(string json, string hex)
    {
        Assert.Equal(hex, Convert.ToHexString(Assert.IsType<byte[]>(Store("blob", json))));
        Assert.Equal(hex, Convert.ToHexString(Assert.IsType<byte[]>(Store("", json, "blob"))));
    }

    [Fact]
    public void Binary_data_of_YAML_is_a_blob() => Assert.Equal(new byte[] { 255, 238, 221, 204 }, StoreYaml("varbinary(5)", "!!binary |\n      /+7d\n      zA=="));

    [Fact]
    public void A_large_blob_is_stored_whole()
    {
        byte[] bytes = [.. Enumerable.Range(0, 500_000).Select(i => (byte)(i * 7))];
        Assert.Equal(bytes, Store("blob", $"\"{Convert.ToBase64String(bytes)}\""));
    }

    [Theory]
    [InlineData("\"A\"")]
    [InlineData("\"AAA\"")]
    [InlineData("\"_-A=\"")]
    [InlineData("\"AA==AA==\"")]
    [InlineData("\"é\"")]
    [InlineData("5")]
    [InlineData("[0]")]
    public void What_is_no_base64_is_refused(string json) => Assert.Contains("base64", Refused("blob", json).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\" x \\u0000\\n😀 \"", " x \0\n😀 ")]
    [InlineData("1.50", "1.50")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("\"much longer than it may be\"", "much longer than it may be")]
    public void Text_is_stored_as_it_is_written(string json, string stored)
    {
        Assert.Equal(stored, Store("text", json));
        Assert.Equal(stored, Store("varchar(5)", json));
    }

    [Theory]
    [InlineData("no", "no")]
    [InlineData("012", "012")]
    [InlineData("1e3", "1e3")]
    [InlineData("2020-01-01", "2020-01-01")]
    [InlineData("\"~\"", "~")]
    [InlineData("!!str null", "null")]
    public void Plain_YAML_is_text_as_it_is_written(string yaml, string stored) => Assert.Equal(stored, StoreYaml("text", yaml));

    [Theory]
    [InlineData("[1, {\"a\": null}]", "[1,{\"a\":null}]")]
    [InlineData("{}", "{}")]
    public void A_list_or_object_is_JSON_in_a_text_and_refused_in_a_varchar(string json, string stored)
    {
        Assert.Equal(stored, Store("text", json));
        Assert.Contains("text", Refused("varchar(100)", json).Message, StringComparison.Ordinal);
        Refused("char(32)", json);
    }

    [Theory]
    [InlineData("5", 5L)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("9223372036854775808", 9223372036854775808.0)]
    [InlineData("5.5", 5.5)]
    [InlineData("1e3", 1000.0)]
    [InlineData("\"5\"", "5")]
    [InlineData("true", 1L)]
    [InlineData("\"x\"", "x")]
    [InlineData("[1]", "[1]")]
    public void Without_a_type_a_value_is_stored_as_it_comes(string json, object stored) => Assert.Equal(stored, Store("", json));

    [Fact]
    public void Plain_YAML_without_a_type_is_what_it_looks_like()
    {
        Assert.Equal(5L, StoreYaml("", "5"));
        Assert.Equal(5.5, StoreYaml("", "5.5"));
        Assert.Equal("5", StoreYaml("", "'5'"));
        Assert.Equal("no", StoreYaml("", "no"));
        Assert.Equal(1L, StoreYaml("", "true"));
        Assert.Equal("5", StoreXml("", "5"));
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("[\"a\", 5, true, \"b c\"]", "a,5,true,b c")]
    [InlineData("\"a,b\"", "a,b")]
    public void A_csv_is_a_list_joined_by_commas(string json, string stored) => Assert.Equal(stored, Store("text", json, "csv"));

    [Theory]
    [InlineData("[[1]]")]
    [InlineData("[null]")]
    [InlineData("{\"a\": 1}")]
    public void What_is_no_csv_is_refused(string json) => Refused("text", json, "csv");

    [Theory]
    [InlineData("\"\"", null)]
    [InlineData("\" \"", " ")]
    [InlineData("\"x\"", "x")]
    [InlineData("null", null)]
    public void An_empty_text_may_be_NULL(string json, string? stored) => Assert.Equal(stored, Store("varchar(5)", json, "emptyAsNull"));

    [Fact]
    public void Empty_as_null_leaves_the_columns_own_type()
    {
        Assert.Null(Store("integer", "\"\"", "emptyAsNull"));
        Assert.Null(StoreXml("date", "", "emptyAsNull"));
        Assert.Equal(5L, Store("integer", "\"5\"", "emptyAsNull"));
        Refused("integer", "\"x\"", "emptyAsNull");
    }

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

    [Theory]
    [InlineData("::FFFF:10.0.0.1", "::ffff:10.0.0.1")]
    [InlineData("2001:DB8::0:1", "2001:db8::1")]
    [InlineData(" 10.0.0.1 ", "10.0.0.1")]
    [InlineData("10.1", "10.1")]
    [InlineData("no address", "no address")]
    public void An_IP_address_in_a_char_39_has_one_form(string text, string stored) => Assert.Equal(stored, Store("char(39)", $"\"{text}\""));

    [Fact]
    public void Text_of_any_length_is_stored_whole()
    {
        string text = new StringBuilder().Insert(0, "aé😀", 100_000).ToString();
        Assert.Equal(text, Store("text", $"\"{text}\""));
    }
}
