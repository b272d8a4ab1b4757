using System.Collections.Concurrent;
using Fixtures.Testing;

namespace Fixtures.Tests.Testing;

public sealed class SuiteRunnerTests : IDisposable
{
    private readonly LoaderFolder _folder = new();

    private SuiteOptions Options => new() { Loader = _folder.Loader(), Labels = ["posts"], Workers = 2 };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Results_come_in_the_order_of_the_suites()
    {
        SuiteReport report = SuiteRunner.Run(Enumerable.Range(0, 20).Select(number => new Suite($"suite {number}", _ => new SuiteResult(number, 0, 0))), Options);

        Assert.Equal(Enumerable.Range(0, 20), report.Results.Select(result => result.Tests));
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"suite {number}"), report.Results.Select(result => result.Label));
        Assert.Equal((2, 190), (report.Workers, report.Tests));
    }

    [Fact]
    public void Each_suite_has_a_database_to_itself_as_the_fixtures_have_it()
    {
        var counts = new ConcurrentBag<string>();
        Suite suite = new("changes", database =>
        {
            counts.Add(TestProject.Rows(database.Connection, "SELECT count(*) FROM post"));
            TestProject.Run(database.Connection, "INSERT INTO post (title) VALUES ('more')");
            counts.Add(TestProject.Rows(database.Connection, "SELECT count(*) FROM post"));
            return new SuiteResult(1, 0, 0);
        });

        SuiteRunner.Run(Enumerable.Repeat(suite, 50), Options);

        Assert.Equal(50, counts.Count(count => count == "2"));
        Assert.Equal(50, counts.Count(count => count == "3"));
    }

    [Fact]
    public void Workers_run_at_the_same_time()
    {
        using var together = new Barrier(2);
        Suite meeting = new("meeting", _ => new SuiteResult(together.SignalAndWait(TimeSpan.FromSeconds(30)) ? 1 : 0, 0, 0));

        SuiteReport report = SuiteRunner.Run([meeting, meeting], Options);

        Assert.Equal([0, 1], report.Results.Select(result => result.Worker).Order());
        Assert.Equal(2, report.Tests);
    }

    [Fact]
    public void An_exception_is_an_error_of_its_suite()
    {
        SuiteReport report = SuiteRunner.Run(
            [
                new Suite("breaks", _ => throw new InvalidOperationException("broken")),
                new Suite("says nothing", _ => null!),
                new Suite("fails", _ => new SuiteResult(3, 2, 0)),
            ],
            Options);

        Assert.Equal("broken", report.Results[0].Exception?.Message);
        Assert.Contains("says nothing", report.Results[1].Exception?.Message, StringComparison.Ordinal);
        Assert.Equal((3, 2, 2), (report.Tests, report.Failures, report.Errors));
        Assert.Matches(@"^time: \d+\.\d{3}s, failures: 2, errors: 2$", report.ToString());
    }

    [Fact]
    public void What_took_longest_begins_first_and_what_is_unknown_before_it()
    {
        var begun = new ConcurrentQueue<string>();
        Suite Suite(string label) => new(label, _ =>
        {
            begun.Enqueue(label);
            return new SuiteResult(1, 0, 0);
        });
        var former = new SuiteReport
        {
            Results = [new SuiteResult(1, 0, 0) { Label = "short", Elapsed = TimeSpan.FromSeconds(1) }, new SuiteResult(1, 0, 0) { Label = "long", Elapsed = TimeSpan.FromSeconds(9) }],
        };

        SuiteReport report = SuiteRunner.Run([Suite("short"), Suite("new"), Suite("long"), Suite("also new")], Options with { Workers = 1, FormerTimes = former.Times });

        Assert.Equal(["new", "also new", "long", "short"], begun);
        Assert.Equal(["short", "new", "long", "also new"], report.Results.Select(result => result.Label));
    }

    [Fact]
    public void Progress_is_told_of_each_suite_one_at_a_time()
    {
        var told = new List<SuiteProgress>();

        SuiteRunner.Run(Enumerable.Range(0, 10).Select(number => new Suite($"{number}", _ => new SuiteResult(1, 0, 0))), Options with { Progress = new Told(told.Add) });

        Assert.Equal(Enumerable.Range(1, 10), told.Select(progress => progress.Done));
        Assert.All(told, progress => Assert.Equal(10, progress.Count));
        Assert.Equal(10, told.Select(progress => progress.Result.Label).Distinct().Count());
    }

    [Fact]
    public void Progress_that_throws_ends_the_run()
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() =>
            SuiteRunner.Run([new Suite("one", _ => new SuiteResult(1, 0, 0))], Options with { Progress = new Told(_ => throw new NotSupportedException("no")) }));

        Assert.IsType<NotSupportedException>(exception.InnerException);
    }

    [Fact]
    public void A_cancelled_run_ends_after_the_suites_that_run()
    {
        using var cancelled = new CancellationTokenSource();
        int begun = 0;
        Suite suite = new("cancels", _ =>
        {
            begun++;
            cancelled.Cancel();
            return new SuiteResult(1, 0, 0);
        });

        Assert.Throws<OperationCanceledException>(() => SuiteRunner.Run(Enumerable.Repeat(suite, 5), Options with { Workers = 1, CancellationToken = cancelled.Token }));

        Assert.Equal(1, begun);
    }

    [Fact]
    public void No_suites_are_no_tests()
    {
        SuiteReport report = SuiteRunner.Run([], Options);

        Assert.Empty(report.Results);
        Assert.EndsWith("failures: 0, errors: 0", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Databases_that_cannot_be_made_are_told_before_anything_runs() =>
        Assert.Throws<FixtureException>(() => SuiteRunner.Run([new Suite("never", _ => throw new InvalidOperationException())], Options with { Labels = ["nosuch"] }));

    private sealed class Told(Action<SuiteProgress> tell) : IProgress<SuiteProgress>
    {
        public void Report(SuiteProgress value) => tell(value);
    }
}
