using System.Diagnostics;
using System.Globalization;
using Fixtures.Benchmarks.Posts;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Benchmarks.Load;

/// <summary>The ways to load that run in .NET, each in a process of its own: prints the elapsed milliseconds and the peak memory in megabytes.</summary>
internal static class LoadWays
{
    public const string Command = "load-once";
    public const string Loader = "loader";
    public const string LoaderAgain = "loader-again";
    public const string PackedAgain = "packed-again";
    public const string Handle = "handle";
    public const string HandleAgain = "handle-again";
    public const string PreparedLoop = "prepared-loop";
    public const string Commands = "commands";
    public const string Dapper = "dapper";
    public const string EntityFramework = "ef-core";

    /// <param name="way">One of the constants.</param>
    /// <param name="files">What to load, and into which database.</param>
    public static int Run(string way, LoadFiles files)
    {
        TimeSpan elapsed = way switch
        {
            Loader => LoadFixture(files, files.JsonPath),
            LoaderAgain => Again(files, next => LoadFixture(next, next.JsonPath)),
            PackedAgain => Again(files, next => LoadFixture(next, next.PackedPath)),
            Handle => LoadByHandle(files),
            HandleAgain => Again(files, LoadByHandle),
            PreparedLoop => new PreparedLoop(LoadFiles.LibraryPath, files.RowsPath).Run(files.DatabasePath, Post.Insert),
            Commands => RunUsualCode(files, UsualCode.WithCommands),
            Dapper => RunUsualCode(files, UsualCode.WithDapper),
            EntityFramework => RunUsualCode(files, UsualCode.WithEntityFramework),
            _ => throw new ArgumentException($"'{way}' is no way to load.", nameof(way)),
        };
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:F3} {process.PeakWorkingSet64 / 1e6:F1}"));
        return 0;
    }

    private static TimeSpan LoadFixture(LoadFiles files, string label)
    {
        using SqliteConnection connection = files.Open();
        return NewLoader().LoadInto(connection, label).Elapsed;
    }

    private static TimeSpan LoadByHandle(LoadFiles files)
    {
        using sqlite3 database = files.OpenHandle();
        return NewLoader().LoadInto(database, [files.JsonPath]).Elapsed;
    }

    private static FixtureLoader NewLoader() => new(new FixtureOptions { SearchCurrentDirectory = false });

    /// <summary>Loads into another database first: the runtime compiles hot code twice more while it runs, which a first load of some seconds pays for.</summary>
    private static TimeSpan Again(LoadFiles files, Func<LoadFiles, TimeSpan> load)
    {
        LoadFiles first = files with { Database = $"{files.Database}-first" };
        first.CreateDatabase();
        load(first);
        first.DeleteDatabase();
        return load(files);
    }

    private static TimeSpan RunUsualCode(LoadFiles files, Func<SqliteConnection, string, TimeSpan> load)
    {
        using SqliteConnection connection = files.Open();
        return load(connection, files.JsonPath);
    }
}
