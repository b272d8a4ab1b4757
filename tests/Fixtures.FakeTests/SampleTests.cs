using Xunit;

namespace Fixtures.FakeTests;

public sealed class SampleTests
{
    [Fact]
    public void Passes() => Assert.True(true);

    [Fact]
    public void Fails() => Assert.Equal(1, 2);

    [Fact(Skip = "later")]
    public void Is_skipped() => Assert.True(true);
}
