namespace Fixtures.Tests;

public class NearestNameTests
{
    [Theory]
    [InlineData("naturalkey", "naturalKey")]
    [InlineData("natural_key", "naturalKey")]
    [InlineData("tabel", "table")]
    [InlineData("colums", "columns")]
    [InlineData("tables", "table")]
    [InlineData("ignore", "ignoredFields")]
    public void A_slip_finds_its_name(string name, string meant) =>
        Assert.Equal(meant, NearestName.Among(name, ["table", "columns", "naturalKey", "ignoredFields", "types"]));

    [Theory]
    [InlineData("")]
    [InlineData("t")]
    [InlineData("id")]
    [InlineData("author")]
    [InlineData("typesAndOtherThings")]
    public void Another_word_finds_nothing(string name) =>
        Assert.Null(NearestName.Among(name, ["table", "columns", "pk", "types"]));

    [Fact]
    public void Fewest_edits_win_over_order_and_order_decides_between_equals()
    {
        Assert.Equal("posts", NearestName.Among("postz", ["pasts", "posts"]));
        Assert.Equal("past", NearestName.Among("pst", ["past", "post"]));
    }

    [Fact]
    public void A_swap_of_neighbours_is_one_edit() => Assert.Equal("$now", NearestName.Among("$nwo", ["$uuid", "$now"]));

    [Fact]
    public void Nothing_is_near_without_candidates() => Assert.Null(NearestName.Among("table", []));
}
