using System.Globalization;
using System.Text;
using Fixtures.Formats;
using Record = Fixtures.Formats.Record;

namespace Fixtures.Tests.Formats;

/// <summary>
/// Records that repeat the layout of one before are read by comparing, the others are parsed one by one. Nothing may come out of that but what one parser of the whole text gives,
/// which reads what begins with a directive.
/// </summary>
public sealed class YamlLayoutTests
{
    private const int Alike = 52;

    private const string AlikeRecord = "- model: m\n  pk: 7\n  fields:\n    a: text\n    b: 1.5\n";

    private static readonly byte[] Bytes = [.. "-:#'\"\\ \n\t\r[]{},&*!|>%@`?~.abn019_"u8, 0x00, 0x1F, 0x7F, 0x80, 0xC2, 0x85, 0xA0, 0xE2, 0xFF];

    private static readonly string[] Values =
    [
        "text", "7", "-1.5", "é😀 x", "two words, (so)", "\"text\"", "\"a\\n\\t\\\"\\\\ é\"", "'it is'", "null", "~", "2020-01-01T00:00:00Z", "a#b:c", "/x/y.z", "true", "Null", "no",
        "", "\"\"", "''", "'it''s'", "\"\\u00e9\\x41\"", "\"\\q\"", "\"\\ud800\"", "a: b", "a:", "a #c", "a ", "- a", "-", "--a", "[1, {a: b}]", "{}", "&x text", "*x", "*y", "!!str 5", "!t 5", "!!binary YQ==",
        "|\n      a\n\n      b", "|+\n      a\n\n", ">-\n      a\n      b", "|\n\n", "\"a\n  b\"", "\"a\n- b\n- model: c\"", "'a\n- b'", "a\n      b", "a\n- b", "\n      - 1\n      - 2", "\n    - 1", "\"a\" b",
        "\u00A0", "a\u0085b", "\"a\u2028b\"", "a\u2019b", "\"\uFEFFa\"", "\uFEFF", "a\tb", "\"a\tb\"", "a\r", "\u007F", "%a", "@a", "`a", "? a", "...", "---", "=", "<<", "a'b\"c", "\"a", "'a", "[a", "a,b]c", "12:30", "+1", "(a)",
    ];

    private static readonly string[] Between =
        ["", "", "\n", "# c\n", "  # c\n", "...\n", "---\n", " \n", "-\n", "- \n", "- 1\n", "- [1]\n", "x: 1\n", "  comment: c\n", "- &r\n  model: m\n  fields: {a: 1}\n- *r\n", "-   model: m\n    fields:\n      a: 1\n", "  - model: m\n"];

    [Fact]
    public void Whatever_the_records_one_parser_gives_the_same()
    {
        var random = new Random(20485);
        int refused = 0;
        int repeated = 0;
        const int Fixtures = 2_500;
        for (int i = 0; i < Fixtures; i++)
        {
            byte[] records = Records(random);
            int bytesPerRead = random.Next(4) == 0 ? random.Next(1, 300) : int.MaxValue;

            (List<string> expected, string? error, int none) = Read([.. "%YAML 1.2\n---\n"u8, .. records], int.MaxValue);
            (List<string> read, string? found, int compared) = Read([.. "# a list\n---\n"u8, .. records], bytesPerRead);

            Assert.Equal(0, none);
            // Bytes that are no text are refused as soon as they are read: one parser is further then.
            bool isText = error is null || !(error.Contains("control character", StringComparison.Ordinal) || error.Contains("is not UTF-8", StringComparison.Ordinal));
            if (isText ? error != found || !expected.SequenceEqual(read) : found is null || !expected.SequenceEqual(read.Take(expected.Count)))
                Assert.Fail($"Fixture {i}: {Encoding.Latin1.GetString(records.AsSpan(Alike * AlikeRecord.Length))}\n{error}\n{string.Join('\n', expected.Except(read))}\n--\n{found}\n{string.Join('\n', read.Except(expected))}");
            refused += error is null ? 0 : 1;
            repeated += compared;
        }
        Assert.InRange(refused, Fixtures / 10, Fixtures * 9 / 10);
        Assert.InRange(repeated, Fixtures * 2, Fixtures * 20);
    }

    [Fact]
    public void A_text_with_a_line_that_looks_like_a_record_is_whole()
    {
        string fixture = string.Concat(Enumerable.Repeat(AlikeRecord, Alike)) + "- model: n\n  fields:\n    a: \"one\n- model: two\"\n" + AlikeRecord;

        List<string> records = RecordListing.Read("yaml", fixture);

        Assert.Equal(Alike + 2, records.Count);
        Assert.Equal("53 'n' - {a: 'one - model: two'}", records[^2]);
    }

    [Fact]
    public void An_alias_may_follow_its_anchor_at_any_distance()
    {
        string fixture = "- model: m\n  fields: {a: &x far}\n" + string.Concat(Enumerable.Repeat(AlikeRecord, 500)) + "- model: n\n  fields: {a: *x}\n";

        Assert.Equal("502 'n' - {a: Plain}", RecordListing.Read("yaml", fixture)[^1]);
    }

    /// <returns>The records with their places, the error, and how many records were compared.</returns>
    private static (List<string> Records, string? Error, int Repeated) Read(byte[] bytes, int bytesPerRead)
    {
        using FixtureReader reader = FixtureFormat.Open("yaml", new TricklingStream(bytes, bytesPerRead), "f.yaml");
        var record = new Record();
        List<string> records = [];
        int repeated = 0;
        try
        {
            while (reader.Read(record))
            {
                repeated += record.Template is null ? 0 : 1;
                IEnumerable<string> scalars = Enumerable.Range(0, record.NodeCount).Select(node => string.Create(CultureInfo.InvariantCulture,
                    $"{reader.Locate(record[node].Position)} {record[node].Kind} {(record[node].Kind is ValueKind.List or ValueKind.Map ? "" : Encoding.UTF8.GetString(record.Value(node)))}"));
                records.Add($"{RecordListing.Describe(record)} {reader.Locate(record.Position)} {string.Join(' ', scalars)}");
            }
        }
        catch (FixtureException exception)
        {
            return (records, exception.Message, repeated);
        }
        return (records, null, repeated);
    }

    /// <summary>Some records that are alike, after which layouts are remembered, and then any.</summary>
    private static byte[] Records(Random random)
    {
        StringBuilder text = new StringBuilder().Insert(0, AlikeRecord, Alike);
        int layouts = random.Next(1, 7);
        for (int i = random.Next(14); i >= 0; i--)
        {
            string value = Values[random.Next(random.Next(8) == 0 ? Values.Length : 16)];
            text.Append(random.Next(24) == 0 ? Between[random.Next(Between.Length)] : "");
            text.Append(random.Next(layouts) switch
            {
                0 or 1 => $"- model: m\n  pk: {i}\n  fields:\n    a: {value}\n    b: 1.5\n",
                2 => $"- model: n\n  fields:\n    long_name: {value}\n  pk: {value}\n",
                3 => $"- model: m\n  pk: {value}\n  fields: {{}}\n",
                4 => $"- pk: 1\n  model: m\n  fields:\n     a: {value}\n",
                5 => $"- model: \"m\"\n  fields:\n        a: {value}\n        <<: {{c: 1}}\n",
                _ => $"- model: m{i}\n  fields:\n    f{i}: {value}\n    x-y: {value}\n",
            });
        }
        return DamagedBytes.Of(random, Encoding.UTF8.GetBytes(text.ToString()), Alike * AlikeRecord.Length, Bytes);
    }
}
