using System.Runtime.InteropServices;
using Fixtures.Testing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Benchmarks.Posts;

/// <summary>A database of posts that tests want copies of: as a fixture with a schema script, as an open connection, and as bytes.</summary>
internal sealed class PostSnapshot : IDisposable
{
    public const string Label = "posts";

    private readonly string _folder = Directory.CreateTempSubdirectory("fixtures-benchmark-").FullName;
    private readonly byte[] _image;

    private PostSnapshot(int count)
    {
        PostFiles.Write(Path.Combine(_folder, $"{Label}.json"), "json", count);
        File.WriteAllText(Path.Combine(_folder, "schema.sql"), Post.Schema);
        Loader = new FixtureLoader(new FixtureOptions { FixtureDirectories = [_folder], SchemaScripts = [Path.Combine(_folder, "schema.sql")], SearchCurrentDirectory = false });

        // A directory that changed within the last 20 ms is not trusted.
        Thread.Sleep(100);
        using TestDatabase built = Loader.CreateDatabase(Label);
        Original = OpenEmpty();
        built.Connection.BackupDatabase(Original);
        _image = Serialize(Original);
    }

    public FixtureLoader Loader { get; }

    public SqliteConnection Original { get; }

    public static PostSnapshot Of(int count) => new(count);

    public TestDatabasePool CreatePool(int size) => new(Loader, [Label], size);

    public static SqliteConnection OpenEmpty()
    {
        var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>The least that SQLite needs to take over a database: a copy of its bytes.</summary>
    public void DeserializeInto(SqliteConnection connection)
    {
        nint bytes = raw.sqlite3_malloc64(_image.Length);
        Marshal.Copy(_image, 0, bytes, _image.Length);
        int result = raw.sqlite3_deserialize(connection.Handle!, "main", bytes, _image.Length, _image.Length, raw.SQLITE_DESERIALIZE_FREEONCLOSE | raw.SQLITE_DESERIALIZE_RESIZEABLE);
        if (result != raw.SQLITE_OK)
            throw new InvalidOperationException($"SQLite gave {result}.");
    }

    public static string ReadTitle(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT title FROM blog_post WHERE id = 1";
        return (string)command.ExecuteScalar()!;
    }

    public static void ChangeTenTitles(SqliteConnection connection, SqliteTransaction? transaction = null)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "UPDATE blog_post SET title = 'changed' WHERE id <= 10";
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Original.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static byte[] Serialize(SqliteConnection connection)
    {
        nint bytes = raw.sqlite3_serialize(connection.Handle!, "main", out long byteCount, 0);
        byte[] image = new byte[byteCount];
        Marshal.Copy(bytes, image, 0, image.Length);
        raw.sqlite3_free(bytes);
        return image;
    }
}
