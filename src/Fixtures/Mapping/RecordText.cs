using System.Text;
using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>Values of records as messages show them.</summary>
internal static class RecordText
{
    private const int LongestText = 60;

    /// <summary>A text in quotes, lists and objects as JSON; cut where it is long.</summary>
    public static string Display(Record record, int node) => record[node].Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.True => "true",
        ValueKind.False => "false",
        ValueKind.Number => Cut(record.Value(node)),
        ValueKind.Binary => "binary data",
        ValueKind.List or ValueKind.Map => JsonText.TryConvert(record, node, out SqlValue json) ? Cut(record.Bytes(json.Start, json.Length)) : record[node].Kind.Describe(),
        _ => $"'{Cut(record.Value(node))}'",
    };

    /// <summary>An error of the current record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="node">The value that is wrong, or -1 for the record as a whole.</param>
    /// <param name="field">The field that is wrong, or null.</param>
    /// <param name="message">What is wrong.</param>
    public static FixtureError Error(Record record, int node, string? field, string message)
    {
        (long line, long column) = record.Source!.Locate(node < 0 ? record.Position : record[node].Position);
        return new FixtureError(message)
        {
            File = record.Source.Path,
            Line = line,
            Column = column,
            Record = record.Number,
            Model = record.Model < 0 ? null : Encoding.UTF8.GetString(record.Value(record.Model)),
            Key = Key(record),
            Field = field,
        };
    }

    /// <summary>A primary key as the fixture writes it: no quotes.</summary>
    public static string? Key(Record record)
    {
        if (record.Key < 0)
            return null;
        ValueKind kind = record[record.Key].Kind;
        return kind is ValueKind.Text or ValueKind.Plain or ValueKind.Characters ? Cut(record.Value(record.Key)) : Display(record, record.Key);
    }

    private static string Cut(ReadOnlySpan<byte> utf8) => Cut(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, LongestText * 4)]));

    /// <summary>The beginning of a text that is long.</summary>
    public static string Cut(string text) =>
        text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText), "...");
}
