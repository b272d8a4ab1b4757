using Fixtures.Testing;

namespace Recipes;

public sealed class SuiteTests
{
    [Fact]
    public void Suites_run_on_every_core()
    {
        SuiteReport report = SuiteRunner.Run(
            [new Suite("blog", TestBlog), new Suite("shop", TestShop)],
            new SuiteOptions { Labels = ["testdata"] });
        Console.WriteLine(report); // time: 0.012s, failures: 0, errors: 0
        Assert.Equal((2, 0, 0), (report.Tests, report.Failures, report.Errors));
    }

    private static SuiteResult TestBlog(TestDatabase db) => new(Tests: 1, Failures: 0, Errors: 0);

    private static SuiteResult TestShop(TestDatabase db) => new(Tests: 1, Failures: 0, Errors: 0);
}
