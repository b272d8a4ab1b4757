using System.Runtime.CompilerServices;
using Fixtures.Tests.Discovery;

namespace Fixtures.Tests;

public class FixtureLabelTests
{
    [Fact]
    public void A_file_beside_the_calling_source_file_gets_an_absolute_label()
    {
        string here = Path.GetDirectoryName(ThisFile())!;

        Assert.Equal(Path.Combine(here, "orders.json"), FixtureLabel.Beside("orders.json"));
    }

    [Fact]
    public void A_label_may_lie_below_the_source_files_folder()
    {
        using var folder = new TemporaryFolder("Tests.cs");

        Assert.Equal(folder["data/orders"], FixtureLabel.Beside("data/orders", folder["Tests.cs"]));
    }

    [Theory]
    [InlineData("/_/tests/OrderTests.cs", "deterministic build has rewritten")]
    [InlineData("tests/OrderTests.cs", "deterministic build has rewritten")]
    [InlineData("/no/such/folder/OrderTests.cs", "'/no/such/folder' is not on this machine")]
    public void A_source_file_that_cannot_be_there_is_refused_with_the_reason(string sourceFile, string reason)
    {
        var refused = Assert.Throws<FixtureException>(() => FixtureLabel.Beside("orders.json", sourceFile));

        Assert.Equal(FixtureStage.Resolve, refused.Stage);
        Assert.Contains($"'orders.json' cannot be found beside '{sourceFile}'", refused.Message, StringComparison.Ordinal);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/data/orders.json")]
    public void A_name_that_is_not_relative_is_refused(string name)
    {
        Assert.Throws<FixtureException>(() => FixtureLabel.Beside(name));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
