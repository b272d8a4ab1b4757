namespace Fixtures.Tests.Architecture;

internal static class Offenders
{
    /// <summary>Fails with all offenders, one a line: Assert.Empty cuts them after 50 characters.</summary>
    public static void AssertNone(IEnumerable<string> offenders)
    {
        string all = string.Join('\n', offenders);
        if (all.Length > 0)
            Assert.Fail(all);
    }
}
