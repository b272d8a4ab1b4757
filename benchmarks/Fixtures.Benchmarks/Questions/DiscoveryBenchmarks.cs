using BenchmarkDotNet.Attributes;
using Fixtures.Benchmarks.Suites;

namespace Fixtures.Benchmarks.Questions;

/// <summary>
/// How long does it take to find a label in 100 directories of 20 files each, the first time and again, beside asking for every name, as before the ticket, and
/// globbing each directory for the label, as its patch does? The patch keeps what it found for good; this library looks whether it still holds.
/// </summary>
[MemoryDiagnoser]
public class DiscoveryBenchmarks
{
    private const string Label = "wanted";

    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-benchmark-").FullName;
    private string[] _directories = [];
    private string[] _names = [];
    private string _expected = "";
    private FixtureOptions _options = new();
    private FixtureLoader _loader = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _directories = [.. Enumerable.Range(0, 100).Select(i => Directory.CreateDirectory(Path.Combine(_folder, $"fixtures{i:D2}")).FullName)];
        foreach (string directory in _directories)
        {
            for (int i = 0; i < 20; i++)
                File.WriteAllText(Path.Combine(directory, $"other{i:D2}.json"), "[]");
        }
        _expected = Path.Combine(_directories[70], $"{Label}.yaml.gz");
        File.WriteAllBytes(_expected, []);

        // The same names that the resolver looks for: with and without the database's alias, plain and packed.
        _names = [.. from alias in (string[])[".default", ""] from format in FixtureFile.Formats from compression in (string[])["", .. FixtureFile.Compressions.Select(name => "." + name)] select $"{Label}{alias}.{format}{compression}"];
        _options = new FixtureOptions { FixtureDirectories = _directories, SearchCurrentDirectory = false };
        _loader = new FixtureLoader(_options);

        // A directory that changed within the last 20 ms is not trusted.
        Thread.Sleep(100);
        foreach (Func<string> way in (Func<string>[])[Ask_for_every_name, Glob_each_directory, List_each_directory, First_time, Again])
        {
            if (way() != _expected)
                throw new InvalidOperationException($"{way.Method.Name} does not find '{_expected}'.");
        }
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Baseline = true)]
    public string Ask_for_every_name()
    {
        List<string> found = [];
        foreach (string directory in _directories)
        {
            foreach (string name in _names)
            {
                string path = Path.Combine(directory, name);
                if (File.Exists(path))
                    found.Add(path);
            }
        }
        return found.Single();
    }

    [Benchmark]
    public string Glob_each_directory() => new GlobByLabel(_directories).Find([Label]).Single();

    [Benchmark]
    public string List_each_directory()
    {
        List<string> found = [];
        var names = new HashSet<string>(_names, StringComparer.Ordinal);
        foreach (string directory in _directories)
            found.AddRange(Directory.EnumerateFiles(directory).Where(path => names.Contains(Path.GetFileName(path))));
        return found.Single();
    }

    [Benchmark]
    public string First_time() => new FixtureLoader(_options).Find(Label).Single().Path;

    [Benchmark]
    public string Again() => _loader.Find(Label).Single().Path;
}
