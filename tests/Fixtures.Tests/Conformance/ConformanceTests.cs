namespace Fixtures.Tests.Conformance;

/// <summary>Cases change the current directory, which the whole process shares.</summary>
[CollectionDefinition(nameof(OneAtATime), DisableParallelization = true)]
public sealed class OneAtATime;

/// <summary>Runs a corpus of cases that another loader of the same fixtures has answered.</summary>
[Collection(nameof(OneAtATime))]
public sealed class ConformanceTests(ITestOutputHelper output)
{
    private const string FolderVariable = "FIXTURES_CONFORMANCE";
    private const string ReportVariable = "FIXTURES_CONFORMANCE_REPORT";
    private const int MostListed = 15;
    private const double RequiredShare = 0.90;

    [Fact]
    public void The_library_does_what_the_cases_say()
    {
        ConformanceReport report = Run(ConformanceRunner.Run);
        if (Environment.GetEnvironmentVariable(ReportVariable) is { Length: > 0 } path)
            File.WriteAllText(path, report.ToString());

        Assert.InRange(report.FactsShare, RequiredShare, 1);
    }

    [Fact]
    public void The_command_does_what_the_cases_say() => Run(ConformanceRunner.RunCommand);

    private ConformanceReport Run(Func<ConformanceCase, ConformanceResult> run)
    {
        string folder = Environment.GetEnvironmentVariable(FolderVariable) ?? "";
        Assert.SkipWhen(folder.Length == 0, $"{FolderVariable} does not name the folder of the conformance corpus.");

        var report = new ConformanceReport();
        foreach (string set in Directory.GetDirectories(Path.GetFullPath(folder)).Where(set => File.Exists(Path.Combine(set, "cases.json"))).Order(StringComparer.Ordinal))
            report.Add(Path.GetFileName(set), [.. ConformanceCase.ReadSet(set).Select(run)]);

        output.WriteLine(report.ToString());
        Assert.Empty(report.Failures);
        Assert.Empty(report.Outdated);
        Assert.DoesNotContain(report.Listed, listed => listed.StartsWith("real-", StringComparison.Ordinal));
        Assert.InRange(report.Listed.Count, 0, MostListed);
        Assert.InRange(report.TypedShare, RequiredShare, 1);
        return report;
    }
}
