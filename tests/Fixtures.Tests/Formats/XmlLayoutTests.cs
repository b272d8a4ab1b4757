using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Fixtures.Formats;
using Record = Fixtures.Formats.Record;

namespace Fixtures.Tests.Formats;

/// <summary>
/// Objects that repeat the layout of one before are read by comparing. Nothing may come out of that but what the parser gives. A carriage return before the root
/// is a line to the parser and none to who compares, so that nothing is compared after it; a line feed is one to both.
/// </summary>
public sealed partial class XmlLayoutTests
{
    private const int Alike = 55;

    private static readonly byte[] Bytes = [.. "<>/&;#'\"=!-[]? \t\r\nabopk019x"u8, 0x00, 0x1F, 0x7F, 0x80, 0xC2, 0xA0, 0xEF, 0xBF, 0xFF];

    private static readonly string[] Values =
    [
        "", "text", "7", "é😀", "a &amp; b&lt;&gt;&quot;&apos;", "<None></None>", "<None/>", " \n\ta b\t\n ", "a > b ] c ]] d", "\uFEFFx\uFF21", "]]>", "&#65;", "&amp", "&a;", "\r\n", "a\rb", "\u00A0a",
        "a\u3000", "\u0085", "\uFFFE", "a\uFFFFb", "\u0001", "\u007F", "<![CDATA[<a>]]>", "<!-- c -->", "<?p i?>", "<b>x</b> <b>y</b>", "<natural>x</natural>", "text<None/>", "<None></None> ", "<None />",
        "<object pk='1'></object>", "<field name='b'>1</field>", "</object>", "&#xD83D;", "<![CDATA[</object>]]>", "<!-- </object> -->",
    ];

    private static readonly string[] Keys = ["1", "-7", "é", "a b", "", " x ", "&amp;", "\uFF21", "a\nb", "a\tb", "<", "'", "a>b]]>", "\uFFFF"];

    private static readonly string[] Between = ["", "", "\n", "\n  ", "\r\n", "text", "<!-- c -->", "<group><object model='m'/></group>", "<object model='m' pk='3'/>", "<group>", "</group>", "<!-- </object> -->", "\r", "&lt;", "]]>"];

    private static readonly string[] Starts = ["<r>", "<r>\n ", "<django-objects version=\"1.0\">", "<r xmlns:x='y'><g><object model='g'/></g>", "\uFEFF<r>"];

    [Fact]
    public void Whatever_the_objects_the_parser_gives_the_same()
    {
        var random = new Random(20485);
        int refused = 0;
        int repeated = 0;
        const int Fixtures = 6_000;
        for (int i = 0; i < Fixtures; i++)
        {
            string start = Starts[random.Next(Starts.Length)];
            byte[] rest = Rest(random);
            // The parser reads thousands of bytes where it can: few fixtures of this size are left when it is told to stop at objects.
            int bytesPerRead = random.Next(4) == 0 ? int.MaxValue : random.Next(1, 300);

            (List<string> expected, int none) = Read(start, "\r", rest, int.MaxValue);
            (List<string> read, int compared) = Read(start, "\n", rest, bytesPerRead);

            Assert.Equal(0, none);
            // The parser refuses bytes that are no UTF-8 as soon as it has read them: in which record it then is, and what it sees first, is up to where its reads end.
            int same = Utf8.IsValid(rest) ? expected.Count : Math.Min(expected.Count, read.Count) - 1;
            if (!expected.Take(same).SequenceEqual(read.Take(same)) || IsError(expected[^1]) != IsError(read[^1]) || (same == expected.Count && read.Count != same))
                Assert.Fail($"Fixture {i}: {start}{Encoding.Latin1.GetString(rest)}\n{string.Join('\n', expected.Except(read))}\n--\n{string.Join('\n', read.Except(expected))}");
            refused += IsError(expected[^1]) ? 1 : 0;
            repeated += compared;
        }
        Assert.InRange(refused, Fixtures / 10, Fixtures * 9 / 10);
        Assert.InRange(repeated, Fixtures * 2, Fixtures * 20);
    }

    private static bool IsError(string result) => result.StartsWith("error", StringComparison.Ordinal);

    /// <returns>Records and error, each with its place, and how many of them were compared.</returns>
    private static (List<string> Result, int Repeated) Read(string start, string line, byte[] rest, int bytesPerRead)
    {
        int bracket = start.IndexOf('<', StringComparison.Ordinal);
        byte[] bytes = [.. Encoding.UTF8.GetBytes(start.Insert(bracket, line)), .. rest];
        using FixtureReader reader = FixtureFormat.Open("xml", new TricklingStream(bytes, bytesPerRead), "f.xml");
        var record = new Record();
        List<string> result = [];
        int repeated = 0;
        try
        {
            while (reader.Read(record))
            {
                repeated += record.Template is null ? 0 : 1;
                IEnumerable<int> nodes = Enumerable.Range(0, record.NodeCount);
                string places = string.Concat(nodes.Select(node => reader.Locate(record[node].Position).ToString()));
                string texts = string.Concat(nodes.Select(node => record[node].Kind == ValueKind.Characters ? $"'{Encoding.UTF8.GetString(record.Value(node))}'" : ""));
                result.Add(string.Create(CultureInfo.InvariantCulture, $"{RecordListing.Describe(record)} {reader.Locate(record.Position)} {places} {texts}"));
            }
        }
        catch (FixtureException exception)
        {
            result.Add("error " + UnexpectedToken().Replace(exception.Message, ""));
        }
        return (result, repeated);
    }

    /// <summary>Some objects that are alike, after which layouts are remembered, and then any.</summary>
    private static byte[] Rest(Random random)
    {
        string between = random.Next(4) switch { 0 => "\n", 1 => "\n  ", 2 => "\r\n", _ => "" };
        var text = new StringBuilder();
        for (int i = 0; i < Alike; i++)
            text.Append(between).Append(Object(0, "1", "text", between));
        int fixedLength = Encoding.UTF8.GetByteCount(text.ToString());
        int layouts = random.Next(1, 7);
        for (int i = random.Next(14); i >= 0; i--)
        {
            text.Append(random.Next(12) == 0 ? Between[random.Next(Between.Length)] : between);
            text.Append(Object(random.Next(layouts), Keys[random.Next(random.Next(6) == 0 ? Keys.Length : 6)], Values[random.Next(random.Next(6) == 0 ? Values.Length : 10)], between));
        }
        text.Append("</").Append(random.Next(20) == 0 ? "x" : "").Append("r>\n");
        return DamagedBytes.Of(random, Encoding.UTF8.GetBytes(text.ToString()), fixedLength, Bytes);
    }

    private static string Object(int layout, string key, string value, string between) => layout switch
    {
        0 or 1 => $"<object model=\"m\" pk=\"{key}\">{between}<field name=\"a\" type=\"CharField\">{value}</field>{between}<field name=\"b\">1.5</field>{between}</object>",
        2 => $"<object pk='{key}' x='a&gt;' model='n'><field name='é'>{value}</field></object>",
        3 => $"<object model=\"m\"><field name=\"a\" rel=\"ManyToOneRel\">{value}</field><field name=\"b\"/></object>",
        4 => $"<object y=\">\" model=\"m\" pk=\"{key}\"><field name=\"a\" rel=\"ManyToManyRel\">{value}</field></object >",
        5 => $"<object model=\"m\" pk=\"{key}\"></object>",
        _ => $"<object model=\"m\" pk=\"{key}\"><field rel='ManyToOneRel' name=\"{value.Length}\">{value}</field></object>",
    };

    /// <summary>How much of a token the parser shows depends on where the reads of its stream end.</summary>
    [GeneratedRegex("'[^']*'(?= is an unexpected token)", RegexOptions.Singleline)]
    private static partial Regex UnexpectedToken();
}
