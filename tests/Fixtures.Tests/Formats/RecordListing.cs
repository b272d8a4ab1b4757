using System.Text;
using Fixtures.Formats;
using Record = Fixtures.Formats.Record;

namespace Fixtures.Tests.Formats;

/// <summary>Reads fixtures whole and writes each record as one line, so that tests can compare.</summary>
internal static class RecordListing
{
    public static List<string> Read(string format, byte[] bytes, int bytesPerRead = int.MaxValue)
    {
        using FixtureReader reader = FixtureFormat.Open(format, new TricklingStream(bytes, bytesPerRead), "test." + format);
        var record = new Record();
        List<string> records = [];
        while (reader.Read(record))
            records.Add(Describe(record));
        return records;
    }

    public static List<string> Read(string format, string text, int bytesPerRead = int.MaxValue) => Read(format, Encoding.UTF8.GetBytes(text), bytesPerRead);

    /// <summary>The one error that a fixture is refused with, and the records before it.</summary>
    public static (FixtureError Error, int RecordsBefore) Refused(string format, byte[] bytes, int bytesPerRead = int.MaxValue)
    {
        using FixtureReader reader = FixtureFormat.Open(format, new TricklingStream(bytes, bytesPerRead), "test." + format);
        var record = new Record();
        int count = 0;
        FixtureException exception = Assert.ThrowsAny<FixtureException>(() =>
        {
            while (reader.Read(record))
                count++;
        });
        Assert.Equal(FixtureStage.Decode, exception.Stage);
        FixtureError error = Assert.Single(exception.Errors);
        Assert.Equal("test." + format, error.File);
        return (error, count);
    }

    public static FixtureError Refused(string format, string text, int bytesPerRead = int.MaxValue) => Refused(format, Encoding.UTF8.GetBytes(text), bytesPerRead).Error;

    public static string Describe(Record record) =>
        $"{record.Number} {Describe(record, record.Model)} {(record.Key < 0 ? "-" : Describe(record, record.Key))} {Describe(record, record.Fields)}";

    private static string Describe(Record record, int node) => record[node].Kind switch
    {
        ValueKind.List => $"[{string.Join(", ", Members(record, node).Select(member => Describe(record, member)))}]",
        ValueKind.Map => $"{{{string.Join(", ", Members(record, node).Select(member => $"{Encoding.UTF8.GetString(record.Name(member))}: {Describe(record, member)}"))}}}",
        ValueKind.Text => $"'{Encoding.UTF8.GetString(record.Value(node))}'",
        ValueKind.Number => Encoding.UTF8.GetString(record.Value(node)),
        ValueKind kind => kind.ToString(),
    };

    private static IEnumerable<int> Members(Record record, int node)
    {
        for (int member = node + 1; member < record[node].End; member = record[member].End)
            yield return member;
    }
}
