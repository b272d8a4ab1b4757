using System.Reflection;
using System.Text.RegularExpressions;

namespace Fixtures.Tests.Architecture;

/// <summary>The tests that tests/README.md names for what is promised are there.</summary>
public sealed partial class PromiseTests
{
    [Fact]
    public void Every_promise_has_its_test()
    {
        HashSet<string> tests = [.. typeof(PromiseTests).Assembly.GetTypes().SelectMany(type => type.GetMethods().Where(IsTest).Select(method => $"{type.Name}.{method.Name}"))];

        string[] named = [.. Row().Matches(Repository.ReadText("tests", "README.md")).Select(match => match.Groups["test"].Value)];

        Assert.True(named.Length >= 20);
        Assert.All(named, test => Assert.Contains(test, tests));
    }

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes<FactAttribute>(inherit: true).Any();

    [GeneratedRegex(@"^\| [^|`]+ \| `(?<test>\w+Tests\.\w+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
