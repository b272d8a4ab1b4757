namespace Fixtures.Tests.Configuration;

public sealed class DefaultValueTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, object?> Values => new()
    {
        { "\"draft\"", "draft" },
        { "\"\"", "" },
        { "\"a$b\"", "a$b" },
        { "7", 7L },
        { "-9223372036854775808", long.MinValue },
        { "1.0", 1.0 },
        { "1e3", 1000.0 },
        { "true", true },
        { "false", false },
        { "null", null },
        { "\"$now\"", "$now" },
        { "\"$uuid\"", "$uuid" },
        { "\"$$x\"", "$$x" },
        { "\"$$\"", "$$" },
        { "{ \"$base64\": \"AAH/\" }", new byte[] { 0, 1, 255 } },
        { "{ \"$base64\": \"\" }", Array.Empty<byte>() },
        { "{}", "{}" },
        { "{ \"\\ud800\": 1 }", "{\"\\ud800\":1}" },
        { "[ ]", "[]" },
        { "[ 1.50, [], {}, [ true ], { \"b\": null, /* why */ \"a\": [ 1e2, \"\\u00e9 é\\n\" ] }, ]", "[1.50,[],{},[true],{\"b\":null,\"a\":[1e2,\"\\u00e9 é\\n\"]}]" },
        { "{ \"$base64\": \"AA==\", \"x\": 1 }", "{\"$base64\":\"AA==\",\"x\":1}" },
        { "{ \"$base64\": [1, 2], \"x\": 1 }", "{\"$base64\":[1,2],\"x\":1}" },
        { "{ \"x\": { \"$base64\": \"AA==\" } }", "{\"x\":{\"$base64\":\"AA==\"}}" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_default_is_the_value_that_is_stored(string json, object? value)
    {
        IReadOnlyDictionary<string, object?> defaults = _folder.Read($$$"""{ "models": { "m": { "defaults": { "f": {{{json}}}, "next": 1 } } } }""").Models["m"].Defaults;

        Assert.Equal(value, defaults["f"]);
        Assert.Equal(1L, defaults["next"]);
    }

    [Theory]
    [InlineData("\"$nwo\"", "'models.m.defaults.f' is '$nwo', which stands for nothing. Did you mean '$now'? The text itself is written '$$nwo'.", 41)]
    [InlineData("\"$\"", "Known are $now and $uuid.", 41)]
    [InlineData("9223372036854775808", "\"9223372036854775808\"", 41)]
    [InlineData("1e999", "no number that SQLite can store", 41)]
    [InlineData("{ \"$base64\": \"AA=\" }", "'AA=' is not base64.", 54)]
    [InlineData("{ \"$base64\": 5 }", "'$base64' of 'models.m.defaults.f' must be a text, not the number 5.", 54)]
    [InlineData("[1, \"a\" 2]", "This is not JSON", 49)]
    public void A_default_that_cannot_be_stored_is_refused(string json, string message, long column)
    {
        FixtureError error = _folder.Refused($$$"""{ "models": { "m": { "defaults": { "f": {{{json}}} } } } }""");

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal((1, column), (error.Line, error.Column));
    }
}
