using Microsoft.Data.Sqlite;

namespace Fixtures.Cli;

/// <summary>Where a connection string's database is.</summary>
/// <param name="ConnectionString">The connection string.</param>
/// <param name="File">The file's full path, symbolic links followed; null for a database in memory.</param>
internal sealed record DatabasePlace(SqliteConnectionStringBuilder ConnectionString, string? File)
{
    public static DatabasePlace Of(SqliteConnectionStringBuilder connectionString) =>
        new(connectionString, FileOf(connectionString) is { } file ? Followed(Path.GetFullPath(file)) : null);

    /// <summary>The place as reports name it.</summary>
    public string Shown => File is not null ? new DisplayPaths().Shorten(File) : ConnectionString.DataSource is { Length: > 0 } source ? source : ":memory:";

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
