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
    private const double RequiredShare = 0.90;

    [Fact]
    public void Cases_outside_the_typed_matrix_have_the_same_outcome()
    {
        string folder = Environment.GetEnvironmentVariable(FolderVariable) ?? "";
        Assert.SkipWhen(folder.Length == 0, $"{FolderVariable} does not name the folder of the conformance corpus.");

        var report = new ConformanceReport();
        foreach (string set in Directory.GetDirectories(Path.GetFullPath(folder)).Where(set => File.Exists(Path.Combine(set, "cases.json"))).Order(StringComparer.Ordinal))
            report.Add(Path.GetFileName(set), [.. ConformanceCase.ReadSet(set).Select(ConformanceRunner.Run)]);

        string text = report.ToString();
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable(ReportVariable) is { Length: > 0 } path)
            File.WriteAllText(path, text);
        Assert.Empty(report.Outdated);
        Assert.InRange(report.PassedShare(), RequiredShare, 1);
    }
}
