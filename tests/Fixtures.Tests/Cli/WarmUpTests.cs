using Fixtures.Cli;

namespace Fixtures.Tests.Cli;

public class WarmUpTests
{
    // One that fails would go unnoticed, and warm nothing up.
    [Fact]
    public void The_load_that_warms_up_succeeds()
    {
        LoadReport report = WarmUp.Load();
        Assert.Equal(1, report.Objects);
        Assert.Empty(report.Warnings);
    }
}
