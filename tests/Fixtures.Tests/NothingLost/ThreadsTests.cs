using System.Diagnostics;
using System.Globalization;
using Fixtures.Tests.Conformance;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Tests.NothingLost;

/// <summary>Thirty-two threads load with one loader, a connection each. FIXTURES_THREADS_SECONDS (2) says how long. Looks at the whole process, so nothing else may run.</summary>
[Collection(nameof(OneAtATime))]
public sealed class ThreadsTests : IDisposable
{
    private const int Threads = 32;
    private const string Schema = "CREATE TABLE author (id integer PRIMARY KEY, name text UNIQUE); CREATE TABLE book (id integer PRIMARY KEY, author_id integer REFERENCES author, title text NOT NULL);";
    private const string Expected = "2000|2000;20|210";

    // A load takes some megabytes while it runs; a connection that stays open would take one each time.
    private const long MostGrowth = 150 << 20;

    private readonly TestProject _project = new();
    private readonly FixtureLoader _loader;

    public ThreadsTests()
    {
        _project.Write("books.jsonl", string.Concat(Enumerable.Range(1, 2000).Select(i => $$$"""{"model": "book", "pk": {{{i}}}, "fields": {"author": ["a{{{i % 20}}}"], "title": "book {{{i}}}"}}{{{'\n'}}}""")));
        _project.Write("authors.yaml", string.Concat(Enumerable.Range(1, 20).Select(i => $"- model: author\n  pk: {i}\n  fields: {{name: a{i % 20}}}\n")));
        _project.Write("wrong.xml", "<d><object model='author' pk='90'><field name='name'>kept by no one</field></object><object model='book' pk='9'><field name='author'>77</field><field name='title'>x</field></object></d>");
        _loader = new FixtureLoader(_project.Options);
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task Thirty_two_threads_get_what_is_theirs_and_leave_nothing_behind()
    {
        TimeSpan time = TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("FIXTURES_THREADS_SECONDS") ?? "2", CultureInfo.InvariantCulture));
        await LoadOnAllThreads(time / 2);
        (long memoryBefore, int filesBefore) = Measure();

        await LoadOnAllThreads(time);

        (long memory, int files) = Measure();
        Assert.InRange(memory - memoryBefore, long.MinValue, MostGrowth);
        Assert.InRange(files, 0, filesBefore + Threads);
    }

    private async Task LoadOnAllThreads(TimeSpan time)
    {
        string[][] results = await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => Load(thread, time),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.Equal([Expected], results.SelectMany(result => result).Distinct());
    }

    private string[] Load(int thread, TimeSpan time)
    {
        HashSet<string> seen = [];
        long started = Stopwatch.GetTimestamp();
        do
        {
            string path = _project.At($"{thread}.db");
            using (SqliteConnection connection = TestProject.Open(thread % 2 == 0 ? "Data Source=:memory:" : $"Data Source={path};Pooling=False"))
            {
                TestProject.Run(connection, "PRAGMA synchronous = OFF;" + Schema);
                _loader.LoadInto(connection, "authors", "books");
                Assert.Equal(FixtureStage.Constraint, Assert.Throws<FixtureException>(() => _loader.LoadInto(connection, "wrong")).Stage);
                seen.Add(TestProject.Rows(connection, "SELECT count(*), sum(title = 'book ' || id) FROM book UNION ALL SELECT count(*), sum(id) FROM author"));
                Assert.Null(raw.sqlite3_next_stmt(connection.Handle!, null));
            }
            File.Delete(path);
        }
        while (Stopwatch.GetElapsedTime(started) < time);
        return [.. seen];
    }

    private static (long Memory, int Files) Measure()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return (Environment.WorkingSet, Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : 0);
    }
}
