using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Fixtures.Benchmarks.Posts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Fixtures.Benchmarks.Load;

/// <summary>What one writes without a fixture library, each as fast as its own documentation knows: the file streamed, one transaction.</summary>
internal static class UsualCode
{
    private const int ChunkOfEntityFramework = 1000;

    private const string Insert = "INSERT INTO blog_post (id, title, slug, body, views, rating, is_published, created, day) VALUES ($Id, $Title, $Slug, $Body, $Views, $Rating, $IsPublished, $Created, $Day)";

    /// <summary>A JsonElement a record, one command with reused parameters.</summary>
    public static TimeSpan WithCommands(SqliteConnection connection, string jsonPath)
    {
        long started = Stopwatch.GetTimestamp();
        using FileStream file = File.OpenRead(jsonPath);
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Insert;
        string[] fields = ["title", "slug", "body", "views", "rating", "is_published", "created", "day"];
        SqliteParameter key = command.Parameters.AddWithValue("$Id", 0);
        SqliteParameter[] parameters = [.. Insert[(Insert.IndexOf("$Title", StringComparison.Ordinal))..^1].Split(", ").Select(name => command.Parameters.AddWithValue(name, ""))];
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

    /// <summary>A typed object a record, the same command for each.</summary>
    public static TimeSpan WithDapper(SqliteConnection connection, string jsonPath)
    {
        long started = Stopwatch.GetTimestamp();
        using FileStream file = File.OpenRead(jsonPath);
        using SqliteTransaction transaction = connection.BeginTransaction();
        connection.Execute(Insert, Entities(file), transaction);
        transaction.Commit();
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Entities added in chunks, without detection of changes, and forgotten after each chunk.</summary>
    public static TimeSpan WithEntityFramework(SqliteConnection connection, string jsonPath)
    {
        long started = Stopwatch.GetTimestamp();
        using FileStream file = File.OpenRead(jsonPath);
        using var context = new PostContext(connection);
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        using Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction = context.Database.BeginTransaction();
        foreach (PostEntity[] chunk in Entities(file).Chunk(ChunkOfEntityFramework))
        {
            context.AddRange(chunk);
            context.SaveChanges();
            context.ChangeTracker.Clear();
        }
        transaction.Commit();
        return Stopwatch.GetElapsedTime(started);
    }

    private static IEnumerable<PostEntity> Entities(Stream file) =>
        JsonSerializer.DeserializeAsyncEnumerable(file, PostJson.Default.PostRecord).ToBlockingEnumerable().Select(record => record!.ToEntity());
}
