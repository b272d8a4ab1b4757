using System.Text.Json;

namespace Fixtures.Tests.Conformance;

/// <summary>What counts as the same value: a comparison that lets too much pass would hide what it looks for.</summary>
public sealed class StoredValueTests
{
    [Theory]
    [InlineData("1", 1L, true)]
    [InlineData("1", 1.0, false)]
    [InlineData("1", "1", false)]
    [InlineData("1.0", 1.0, true)]
    [InlineData("1.0", 1L, false)]
    [InlineData("1e3", 1000.0, true)]
    [InlineData("\"\"", "", true)]
    [InlineData("\"\"", null, false)]
    [InlineData("null", "", false)]
    [InlineData("null", null, true)]
    [InlineData("\"a\"", "A", false)]
    [InlineData("{\"$real\":\"inf\"}", double.PositiveInfinity, true)]
    [InlineData("{\"$real\":\"inf\"}", double.NegativeInfinity, false)]
    [InlineData("{\"$blob\":\"ff00\"}", new byte[] { 255, 0 }, true)]
    [InlineData("{\"$blob\":\"ff00\"}", new byte[] { 255 }, false)]
    [InlineData("{\"$blob\":\"\"}", "", false)]
    [InlineData("{\"$any\":true}", null, true)]
    public void The_storage_type_counts(string expected, object? actual, bool same) => Assert.Equal(same, Matches(expected, actual, ColumnKind.Plain));

    [Theory]
    [InlineData("2020-01-01 10:00:00.120000", "2020-01-01 10:00:00.12", (int)ColumnKind.Time, true)]
    [InlineData("2020-01-01 10:00:00.120000", "2020-01-01 10:00:00.12", (int)ColumnKind.Plain, false)]
    [InlineData("2020-01-01 10:00:00.120000", "2020-01-01 10:00:00.1", (int)ColumnKind.Time, false)]
    [InlineData("2020-01-01 10:00:00", "2020-01-01 10:00:0", (int)ColumnKind.Time, false)]
    [InlineData("ab12", "AB-12", (int)ColumnKind.Uuid, true)]
    [InlineData("ab12", "ab13", (int)ColumnKind.Uuid, false)]
    [InlineData("{\"a\": [1, \"\\u00e9\"]}", "{\"a\":[1,\"é\"]}", (int)ColumnKind.Json, true)]
    [InlineData("{\"a\": [1, 2]}", "{\"a\":[2,1]}", (int)ColumnKind.Json, false)]
    [InlineData("x", "y", (int)ColumnKind.File, false)]
    [InlineData("x", "y", (int)ColumnKind.Custom, true)]
    public void A_columns_kind_gives_freedoms_of_its_own(string expected, string actual, int kind, bool same) =>
        Assert.Equal(same, Matches(JsonSerializer.Serialize(expected), actual, (ColumnKind)kind));

    [Fact]
    public void A_file_may_be_null_or_empty()
    {
        Assert.True(Matches("\"\"", null, ColumnKind.File));
        Assert.True(Matches("null", "", ColumnKind.File));
        Assert.False(Matches("\"x\"", null, ColumnKind.File));
    }

    private static bool Matches(string expected, object? actual, ColumnKind kind) => StoredValue.Matches(JsonElement.Parse(expected), actual, kind);
}
