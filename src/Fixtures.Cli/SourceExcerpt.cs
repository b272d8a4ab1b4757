using System.Text;
using Spectre.Console;

namespace Fixtures.Cli;

/// <summary>The line of a fixture in which something is wrong, with a caret under the place. A long line is cut around it.</summary>
/// <param name="Text">The line, or what is shown of it.</param>
/// <param name="Indent">How many cells of a terminal stand before the place.</param>
internal sealed record SourceExcerpt(string Text, int Indent)
{
    private const int MostBefore = 60;
    private const int MostAfter = 60;
    private const string Cut = "...";

    /// <summary>Reads the line of an error, and no more of it than is shown.</summary>
    /// <returns>Null where there is none to show: standard input, a pipe, which has no length, a file that cannot be read any more.</returns>
    public static SourceExcerpt? Of(FixtureError error)
    {
        if (error is not { File: { } path, Line: { } line, Column: { } column } || new FileInfo(path) is not { Exists: true, Length: > 0 })
            return null;
        string? compression = FixtureFile.Compressions.FirstOrDefault(known => path.EndsWith($".{known}", StringComparison.Ordinal));
        try
        {
            using var reader = new StreamReader(new FixtureFile(path, "", "", compression).OpenRead(), Encoding.UTF8);
            return Read(reader, line, column);
        }
        catch (FixtureException)
        {
            return null;
        }
    }

    /// <param name="reader">The text.</param>
    /// <param name="line">From 1.</param>
    /// <param name="column">In characters, from 1.</param>
    internal static SourceExcerpt? Read(TextReader reader, long line, long column)
    {
        for (long passed = 1; passed < line;)
        {
            int character = reader.Read();
            if (character < 0)
                return null;
            passed += character == '\n' ? 1 : 0;
        }

        var shown = new StringBuilder();
        long first = Math.Max(1, column - MostBefore);
        long last = column + MostAfter;
        int next;
        long at = 1;
        for (; (next = reader.Read()) is not (-1 or '\n' or '\r') && at <= last; at++)
        {
            // Whatever a terminal would make of it, it takes one cell here.
            if (at >= first)
                shown.Append(ShownText.IsObeyed((char)next) ? ' ' : (char)next);
        }
        if (shown.Length == 0 || column > at)
            return null;

        string before = (first > 1 ? Cut : "") + shown.ToString(0, (int)Math.Min(column - first, shown.Length));
        string after = shown.ToString((int)Math.Min(column - first, shown.Length), (int)Math.Max(0, shown.Length - (column - first)));
        return new SourceExcerpt(before + after + (at > last ? Cut : ""), before.GetCellWidth());
    }
}
