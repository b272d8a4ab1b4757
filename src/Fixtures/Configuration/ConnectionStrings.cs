using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Fixtures.Configuration;

/// <summary>Checks connection strings and makes the files in them absolute.</summary>
internal static class ConnectionStrings
{
    private const string DataDirectory = "|DataDirectory|";

    /// <summary>Whether a text is a connection string, and if not, what is wrong with it.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out SqliteConnectionStringBuilder? connectionString, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            connectionString = new SqliteConnectionStringBuilder(text);
            problem = null;
            return true;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            connectionString = null;
            string next = text.Contains('=', StringComparison.Ordinal) ? "Known words are those of Microsoft.Data.Sqlite, such as 'Data Source'." : $"Write 'Data Source={text}'.";
            problem = $"'{text}' is not a connection string: {exception.Message.ReplaceLineEndings(" ")} {next}";
            return false;
        }
    }

    /// <summary>The connection string with its file below a folder, unchanged where it names no relative file.</summary>
    public static string Below(string folder, string text, SqliteConnectionStringBuilder connectionString)
    {
        string source = connectionString.DataSource;
        bool isFile = source.Length > 0
            && source != ":memory:"
            && connectionString.Mode != SqliteOpenMode.Memory
            && !source.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            && !source.StartsWith(DataDirectory, StringComparison.OrdinalIgnoreCase);
        if (!isFile || Path.IsPathFullyQualified(source))
            return text;

        connectionString.DataSource = Path.GetFullPath(source, folder);
        return connectionString.ConnectionString;
    }
}
