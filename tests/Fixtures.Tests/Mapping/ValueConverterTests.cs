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

    [Fact]
    public void An_empty_text_is_no_bool_known()
    {
        Assert.Null(Store("bool", "\"\""));
        Assert.Null(StoreXml("bool", " "));
        Assert.Contains("NOT NULL", Assert.Throws<FixtureException>(() => Store("bool NOT NULL", "\"\"")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("-1")]
    [InlineData("\"maybe\"")]
    [InlineData("[true]")]
    [InlineData("{}")]
    public void What_is_no_bool_is_refused(string json) => Assert.Contains("bool", Refused("boolean", json).Message, StringComparison.Ordinal);

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
    [InlineData("{b: 1.50, a: [yes, 012, 1e3, True, ~, \"1\", .5]}", """{"b":1.50,"a":[true,10,1e3,true,null,"1",0.5]}""")]
    [InlineData("[no, 'no', off, y, tRUE]", """[false,"no",false,"y","tRUE"]""")]
    [InlineData("[0x1f, 1_000, 08, 5., +7]", "[31,1000,\"08\",5,7]")]
    [InlineData("[12:30, 2020-01-01, .inf, 1.2.3]", """["12:30","2020-01-01",".inf","1.2.3"]""")]
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
