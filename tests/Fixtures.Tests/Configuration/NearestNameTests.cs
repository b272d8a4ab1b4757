using Fixtures.Configuration;

namespace Fixtures.Tests.Configuration;

public class NearestNameTests
{
    [Theory]
    [InlineData("tesdata", "testdata")]
    [InlineData("tetsdata", "testdata")]
    [InlineData("TESTDATA", "testdata")]
    [InlineData("testdatas", "testdata")]
    [InlineData("fixturesDir", "fixtureDirs")]
    [InlineData("ap", "app")]
    [InlineData("größe", "grösse")]
    public void A_slip_of_the_pen_is_recognised(string written, string meant)
    {
        Assert.Equal(meant, NearestName.Among(written, ["other", meant, "another one"]));
    }

    [Theory]
    [InlineData("x", "y")]
    [InlineData("", "a")]
    [InlineData("blog", "shop")]
    [InlineData("customers", "orders")]
    [InlineData("testdata", "testdata-with-much-more")]
    public void A_name_that_is_not_near_is_not_offered(string written, string candidate)
    {
        Assert.Null(NearestName.Among(written, [candidate]));
    }

    [Fact]
    public void The_nearest_wins_and_of_equals_the_first()
    {
        Assert.Equal("orders", NearestName.Among("oders", ["order", "orders"]));
        Assert.Equal("orders1", NearestName.Among("orders", ["orders1", "orders2"]));
    }

    [Fact]
    public void Nothing_is_near_to_nothing()
    {
        Assert.Null(NearestName.Among("x", []));
    }
}
