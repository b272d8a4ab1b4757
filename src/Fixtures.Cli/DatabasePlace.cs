using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Fixtures.Cli;

/// <summary>Where the database is that a command works on.</summary>
internal sealed class DatabasePlace
{
    private readonly string _source;
    private SqliteConnectionStringBuilder? _connectionString;

    private DatabasePlace(string source, string? file)
    {
        _source = source;
        File = file;
    }

    /// <summary>The file's full path, symbolic links followed; null for a database in memory.</summary>
    public string? File { get; }

    /// <summary>Whether nothing is said of the database but in which file it is. SQLite can open that without a connection string.</summary>
    public bool IsFileAlone { get; private init; }

    /// <summary>The connection string. No connection outlives the command, so none is pooled: a file can be renamed and deleted.</summary>
    public SqliteConnectionStringBuilder ConnectionString => _connectionString ??= ConnectionStringOf(_source);

    /// <summary>The place as reports name it.</summary>
    public string Shown => File is not null ? new DisplayPaths().Shorten(File) : _source is { Length: > 0 } source ? source : ":memory:";

    /// <summary>The place that a path names. Not all paths are files: <c>:memory:</c>.</summary>
    public static DatabasePlace Of(string path) => IsFile(path)
        ? new DatabasePlace(path, Followed(Path.GetFullPath(path))) { IsFileAlone = true }
        : Of(ConnectionStringOf(path));

    /// <summary>The place that a connection string names.</summary>
    public static DatabasePlace Of(SqliteConnectionStringBuilder connectionString) =>
        new(connectionString.DataSource, FileOf(connectionString) is { } file ? Followed(Path.GetFullPath(file)) : null) { _connectionString = connectionString };

    // By itself, so that its callers do not load what a connection string needs (benchmarks: start_up).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SqliteConnectionStringBuilder ConnectionStringOf(string path) => new() { DataSource = path, Pooling = false };

    private static bool IsFile(string path) =>
        path is not ("" or ":memory:") && !path.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && !path.StartsWith('|');

    // Everything about 'file:' is in https://www.sqlite.org/uri.html.
    private static string? FileOf(SqliteConnectionStringBuilder connectionString)
    {
        string source = connectionString.DataSource;
        if (source is "" or ":memory:" || connectionString.Mode == SqliteOpenMode.Memory)
            return null;
        if (!source.StartsWith("file:", StringComparison.Ordinal))
            return source;

        string uri = source["file:".Length..].Split('#')[0];
        string[] parts = uri.Split('?', 2);
        if (parts.Length > 1 && parts[1].Split('&').Any(parameter => parameter == "mode=memory" || parameter.StartsWith("vfs=", StringComparison.Ordinal)))
            return null;
        string path = Uri.UnescapeDataString(parts[0]);
        if (path.StartsWith("//", StringComparison.Ordinal))
            path = path.IndexOf('/', 2) is > 0 and var slash ? path[slash..] : "";
        return path is "" or ":memory:" ? null : path;
    }

    // A new database takes the place of a link's target, not of the link.
    private static string Followed(string file)
    {
        try
        {
            return System.IO.File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        }
        catch (IOException)
        {
            // Links that go round in circles, or a path that goes through a file. Opening it says what is wrong.
            return file;
        }
    }
}
