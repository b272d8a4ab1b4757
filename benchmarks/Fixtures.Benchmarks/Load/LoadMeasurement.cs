using System.Collections.ObjectModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Load;

/// <summary>
/// How fast is a large JSON fixture loaded into a new database file, beside a bare C loop over decoded values, and how much memory does it take?
/// Each way runs in a process of its own, in turn, several times over: the machine changes speed, so a ratio counts within its round only.
/// </summary>
internal sealed class LoadMeasurement
{
    private const string CLoop = "c-loop";

    // What Fixtures.Cli.csproj sets. A library cannot choose them for its host.
    private static readonly Dictionary<string, string> CommandSettings = new() { ["DOTNET_TieredPGO"] = "0", ["DOTNET_TC_CallCountingDelayMs"] = "5" };
    private static readonly Dictionary<string, string> CommandOnOneThread = new(CommandSettings) { ["DOTNET_PROCESSOR_COUNT"] = "1" };

    private readonly LoadFiles _files;
    private readonly int _rounds;
    private readonly List<Way> _ways = [];

    private LoadMeasurement(string folder, int recordCount, int rounds)
    {
        _files = new LoadFiles(folder, recordCount, "");
        _rounds = rounds;
    }

    /// <param name="args"><c>--records N</c> (500000), <c>--rounds N</c> (5), <c>--folder PATH</c> (a temporary one; a given one keeps the fixture).</param>
    public static int Run(string[] args)
    {
        var options = new MeasurementOptions(args);
        string? folder = options.Text("--folder");
        string used = folder is null ? Directory.CreateTempSubdirectory("fixtures-load-").FullName : Directory.CreateDirectory(folder).FullName;
        try
        {
            new LoadMeasurement(used, options.Number("--records", 500_000), options.Number("--rounds", 5)).Measure();
            return 0;
        }
        finally
        {
            if (folder is null)
                Directory.Delete(used, recursive: true);
        }
    }

    private void Measure()
    {
        _files.Prepare();
        string? cLoop = BuildCLoop();
        if (cLoop is not null)
            _ways.Add(new Way(CLoop, "insert_loop.c", cLoop, path => [LoadFiles.LibraryPath, path.DatabasePath, path.RowsPath, Posts.Post.Insert]));
        _ways.Add(InDotNet(LoadWays.PreparedLoop, "the same loop in C#"));
        _ways.Add(InDotNet(LoadWays.Loader, "LoadInto, first load"));
        Way plain = InDotNet(LoadWays.LoaderAgain, "LoadInto, second load");
        Way packed = InDotNet(LoadWays.PackedAgain, "LoadInto, second load, gz");
        _ways.Add(plain);
        _ways.Add(packed);
        _ways.Add(InDotNet(LoadWays.Handle, "LoadInto as the command, first load", CommandSettings));
        _ways.Add(InDotNet(LoadWays.HandleAgain, "LoadInto as the command, second load", CommandSettings));
        _ways.Add(InDotNet(LoadWays.HandleAgain, "LoadInto as the command, one thread", CommandOnOneThread));
        _ways.Add(InDotNet(LoadWays.Commands, "SqliteCommand and JsonElement"));
        _ways.Add(InDotNet(LoadWays.Dapper, "Dapper and typed objects"));
        _ways.Add(InDotNet(LoadWays.EntityFramework, "EF Core, 1000 entities at a time"));

        for (int round = 0; round < _rounds; round++)
        {
            foreach (Way way in _ways)
                RunOnce(way);
            if (round == 0)
                CheckSame();
            foreach (Way way in _ways)
                FilesOf(way).DeleteDatabase();
        }
        Print();
        Console.WriteLine($"\nSpeed of gz, plain = 1: {packed.Times.SpeedBeside(plain.Times)}");
    }

    private void RunOnce(Way way)
    {
        LoadFiles files = FilesOf(way);
        files.CreateDatabase();
        string[] output = Start(way.Program, way.Arguments(files), way.Environment).Split(' ');
        way.Times.Add(double.Parse(output[0], CultureInfo.InvariantCulture));
        if (output.Length > 1)
            way.PeakMegabytes = Math.Max(way.PeakMegabytes, double.Parse(output[1], CultureInfo.InvariantCulture));
    }

    /// <summary>All ways must store the same rows; only then is their speed worth comparing.</summary>
    private void CheckSame()
    {
        using SqliteConnection connection = FilesOf(_ways[0]).Open();
        foreach (Way way in _ways)
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText =
                """
                ATTACH $path AS other;
                SELECT (SELECT count(*) FROM other.blog_post) = $count AND NOT EXISTS (SELECT * FROM main.blog_post EXCEPT SELECT * FROM other.blog_post);
                """;
            command.Parameters.AddWithValue("$path", FilesOf(way).DatabasePath);
            command.Parameters.AddWithValue("$count", _files.RecordCount);
            if (!Equals(command.ExecuteScalar(), 1L))
                throw new InvalidOperationException($"'{way.Description}' stored other rows than '{_ways[0].Description}'.");
            command.CommandText = "DETACH other";
            command.ExecuteNonQuery();
        }
    }

    private void Print()
    {
        Way baseline = _ways[0];
        Console.WriteLine($"{_files.RecordCount} records, {new FileInfo(_files.JsonPath).Length / 1e6:F0} MB of JSON, {_rounds} rounds");
        Console.WriteLine(MeasurementOptions.Machine);
        Console.WriteLine();
        Console.WriteLine("| way | median ms | rows/s | of the baseline (min - max) | peak MB |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach (Way way in _ways)
        {
            double median = way.Times.Median;
            string peak = way.PeakMegabytes == 0 ? "" : way.PeakMegabytes.ToString("F0", CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {way.Description} | {median:F0} | {_files.RecordCount / median * 1000:F0} | {way.Times.SpeedBeside(baseline.Times)} | {peak} |"));
        }
    }

    /// <summary>Builds insert_loop.c.</summary>
    /// <returns>The program, or null where there is no C compiler.</returns>
    private string? BuildCLoop()
    {
        string program = Path.Combine(_files.Folder, "insert_loop");
        try
        {
            Start("cc", ["-O2", "-o", program, Path.Combine(AppContext.BaseDirectory, "insert_loop.c"), "-ldl"]);
            return program;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine("There is no C compiler (cc): the loop in C# is the baseline.");
            return null;
        }
    }

    private LoadFiles FilesOf(Way way) => _files with { Database = way.Name };

    private static Way InDotNet(string way, string description, IReadOnlyDictionary<string, string>? environment = null) =>
        new(way, description, Environment.ProcessPath!, files => [LoadWays.Command, way, files.Folder, files.RecordCount.ToString(CultureInfo.InvariantCulture)], environment);

    private static string Start(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        foreach ((string name, string value) in environment ?? ReadOnlyDictionary<string, string>.Empty)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.Trim() : throw new InvalidOperationException($"'{program}' failed with exit code {process.ExitCode}.");
    }

    /// <summary>One way to load, and what was measured of it.</summary>
    private sealed record Way(string Name, string Description, string Program, Func<LoadFiles, IReadOnlyList<string>> Arguments, IReadOnlyDictionary<string, string>? Environment = null)
    {
        public RoundTimes Times { get; } = new();

        public double PeakMegabytes { get; set; }
    }
}
