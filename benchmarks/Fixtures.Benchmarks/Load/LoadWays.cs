using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Fixtures.Benchmarks.Posts;
using Microsoft.Data.Sqlite;

namespace Fixtures.Benchmarks.Load;

/// <summary>The ways to load that run in .NET, each in a process of its own: prints the elapsed milliseconds and the peak memory in megabytes.</summary>
internal static class LoadWays
{
    public const string Command = "load-once";
    public const string Loader = "loader";
    public const string LoaderAgain = "loader-again";
    public const string PreparedLoop = "prepared-loop";
    public const string UsualCode = "usual-code";

    /// <param name="way">One of the constants.</param>
    /// <param name="files">What to load, and into which database.</param>
    public static int Run(string way, LoadFiles files)
    {
        TimeSpan elapsed = way switch
        {
            Loader => LoadFixture(files),
            LoaderAgain => LoadFixtureAgain(files),
            PreparedLoop => new PreparedLoop(LoadFiles.LibraryPath, files.RowsPath).Run(files.DatabasePath, Post.Insert),
            UsualCode => RunUsualCode(files),
            _ => throw new ArgumentException($"'{way}' is no way to load.", nameof(way)),
        };
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalMilliseconds:F3} {process.PeakWorkingSet64 / 1e6:F1}"));
        return 0;
    }

    private static TimeSpan LoadFixture(LoadFiles files)
    {
        using SqliteConnection connection = files.Open();
        var loader = new FixtureLoader(new FixtureOptions { SearchCurrentDirectory = false });
        return loader.LoadInto(connection, files.JsonPath).Elapsed;
    }

    /// <summary>Loads into another database first: the runtime compiles hot code twice more while it runs, which a first load of some seconds pays for.</summary>
    private static TimeSpan LoadFixtureAgain(LoadFiles files)
    {
        LoadFiles first = files with { Database = $"{files.Database}-first" };
        first.CreateDatabase();
        LoadFixture(first);
        first.DeleteDatabase();
        return LoadFixture(files);
    }

    /// <summary>What one writes without a library: the file streamed, a JsonElement a record, one command with reused parameters in one transaction.</summary>
    private static TimeSpan RunUsualCode(LoadFiles files)
    {
        using SqliteConnection connection = files.Open();
        long started = Stopwatch.GetTimestamp();
        using FileStream file = File.OpenRead(files.JsonPath);
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT INTO blog_post (id, title, slug, body, views, rating, is_published, created, day) VALUES ($id, $title, $slug, $body, $views, $rating, $is_published, $created, $day)";
        string[] fields = ["title", "slug", "body", "views", "rating", "is_published", "created", "day"];
        SqliteParameter key = command.Parameters.AddWithValue("$id", 0);
        SqliteParameter[] parameters = [.. fields.Select(field => command.Parameters.AddWithValue($"${field}", ""))];
        command.Prepare();
        foreach (JsonElement record in JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(file).ToBlockingEnumerable())
        {
            key.Value = record.GetProperty("pk").GetInt64();
            JsonElement values = record.GetProperty("fields");
            for (int i = 0; i < fields.Length; i++)
            {
                JsonElement value = values.GetProperty(fields[i]);
                parameters[i].Value = fields[i] switch
                {
                    "views" => value.GetInt64(),
                    "rating" => value.GetDouble(),
                    "is_published" => value.GetBoolean(),
                    "created" => value.GetDateTime(),
                    "day" => DateOnly.FromDateTime(value.GetDateTime()),
                    _ => value.GetString()!,
                };
            }
            command.ExecuteNonQuery();
        }
        transaction.Commit();
        return Stopwatch.GetElapsedTime(started);
    }
}
