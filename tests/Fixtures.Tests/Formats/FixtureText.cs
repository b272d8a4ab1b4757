using System.Text;
using Fixtures.Formats;
using Record = Fixtures.Formats.Record;

namespace Fixtures.Tests.Formats;

/// <summary>Records as text: lists in [], maps in {}, and the kind before each scalar's bytes.</summary>
internal static class FixtureText
{
    public static List<string> Read(FixtureReader reader)
    {
        using (reader)
        {
            var record = new Record();
            List<string> records = [];
            while (reader.Read(record))
                records.Add($"{Show(record, record.Model)} {(record.Key < 0 ? "-" : Show(record, record.Key))} {Show(record, record.Fields)}");
            return records;
        }
    }

    public static string Field(FixtureReader reader) => Assert.Single(Read(reader)).Split(" - ", 2)[1];

    /// <summary>The text of the error that reading ends with, after checks of what every error has.</summary>
    public static string Error(FixtureReader reader)
    {
        var exception = Assert.ThrowsAny<FixtureException>(() => Read(reader));
        Assert.Equal(FixtureStage.Decode, exception.Stage);
        return exception.Message;
    }

    private static string Show(Record record, int index)
    {
        RecordNode node = record[index];
        if (node.Kind == ValueKind.Null)
            return "null";
        if (node.Kind is not (ValueKind.List or ValueKind.Map))
            return $"{node.Kind}'{Encoding.UTF8.GetString(record.Value(index))}'";
        List<string> children = [];
        for (int child = index + 1; child < node.End; child = record[child].End)
            children.Add((node.Kind == ValueKind.Map ? Encoding.UTF8.GetString(record.Name(child)) + ": " : "") + Show(record, child));
        string inside = string.Join(", ", children);
        return node.Kind == ValueKind.List ? $"[{inside}]" : $"{{{inside}}}";
    }
}
