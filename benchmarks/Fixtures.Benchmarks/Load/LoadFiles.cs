using System.Runtime.InteropServices;
using Fixtures.Benchmarks.Posts;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fixtures.Benchmarks.Load;

/// <summary>The folder that a load measurement works in: the fixture, its decoded values and one database for each way.</summary>
/// <param name="Folder">Exists.</param>
/// <param name="RecordCount">How many records the fixture has; part of the files' names, so that they can be kept.</param>
/// <param name="Database">The database's name.</param>
internal sealed record LoadFiles(string Folder, int RecordCount, string Database)
{
    /// <summary>The SQLite library that the .NET build uses.</summary>
    public static string LibraryPath
    {
        get
        {
            (string prefix, string extension) = OperatingSystem.IsWindows() ? ("", ".dll") : OperatingSystem.IsMacOS() ? ("lib", ".dylib") : ("lib", ".so");
            string name = $"{prefix}e_sqlite3{extension}";
            string path = Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", name);
            return File.Exists(path) ? path : Path.Combine(AppContext.BaseDirectory, name);
        }
    }

    public string JsonPath => Path.Combine(Folder, $"posts-{RecordCount}.json");

    /// <summary>The fixture, packed, under a name that is not the plain one's.</summary>
    public string PackedPath => Path.Combine(Folder, $"packed-{RecordCount}.json.gz");

    public string RowsPath => Path.Combine(Folder, $"posts-{RecordCount}.rows");

    public string DatabasePath => Path.Combine(Folder, $"{Database}.db");

    /// <summary>Writes the fixture, plain and packed, and its values, unless they are there.</summary>
    public void Prepare()
    {
        if (!File.Exists(JsonPath))
            PostFiles.Write(JsonPath, "json", RecordCount);
        if (!File.Exists(PackedPath))
            File.Move(PackedFile.Write(JsonPath, "gz"), PackedPath);
        if (!File.Exists(RowsPath))
            PostFiles.WriteRows(RowsPath, RecordCount);
    }

    /// <summary>A new database file with the empty table.</summary>
    public void CreateDatabase()
    {
        DeleteDatabase();
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = Post.Schema;
        command.ExecuteNonQuery();
    }

    public void DeleteDatabase()
    {
        File.Delete(DatabasePath);
        File.Delete(DatabasePath + "-journal");
    }

    /// <summary>Opens the database with SQLite's own settings.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabasePath, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Opens the database as the command does: without the lock around each call that connections have.</summary>
    public sqlite3 OpenHandle()
    {
        Batteries_V2.Init();
        int result = raw.sqlite3_open_v2(DatabasePath, out sqlite3 handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        return result == raw.SQLITE_OK ? handle : throw new InvalidOperationException($"'{DatabasePath}' cannot be opened: {raw.sqlite3_errmsg(handle).utf8_to_string()}");
    }
}
