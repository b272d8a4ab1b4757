using System.Text;
using Fixtures.Tests.Extraction;

namespace Fixtures.Tests.NothingLost;

/// <summary>What is wrong with a fixture, or could be.</summary>
internal enum Damage
{
    BitFlip,
    Truncation,
    Removal,
    Repetition,
    Jump,
    Splice,
    InvalidUtf8,
    Nul,
    LoneSurrogate,
    HugeNumber,
    DeepNesting,
    DuplicateKey,
    LongText,
}

/// <param name="Name">The file's name.</param>
/// <param name="Format">One of <see cref="FixtureFile.Formats"/>.</param>
/// <param name="Compression">One of <see cref="FixtureFile.Compressions"/>, or empty.</param>
/// <param name="Bytes">What the file holds.</param>
/// <param name="Plain">What was done to it before it was packed.</param>
/// <param name="Packed">What was done to it afterwards.</param>
internal sealed record FuzzInput(string Name, string Format, string Compression, byte[] Bytes, IReadOnlyCollection<Damage> Plain, IReadOnlyCollection<Damage> Packed);

/// <summary>Fixtures that are right, and what becomes of them.</summary>
internal sealed class Fuzz(Random random)
{
    private static readonly string[] Values =
    [
        "1", "-7", "2.50", "true", "null", "\"text\"", "\"2024-02-29T10:11:12Z\"", "\"2024-02-29\"", "[\"kept\"]", "[1, 2]", "{\"a\": [1, {\"b\": null}]}", "\"AAEC\"",
        "-0.0", "\"c0ffee00-0000-4000-8000-000000000000\"", "[]", "{}", "\"\"", "NaN", "'", "*", "&a", "!!binary x",
    ];

    private static readonly string[] Fields = ["title", "views", "rating", "price", "is_open", "created", "day", "at", "token", "data", "body", "bytes", "author", "tags", "nothing", "id"];

    private static readonly Dictionary<Damage, byte[][]> Pieces = new()
    {
        [Damage.InvalidUtf8] = [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC3]],
        [Damage.Nul] = [[0], [.. "\\u0000"u8], [.. "&#0;"u8]],
        [Damage.LoneSurrogate] = [[.. "\\ud800"u8], [.. "\\uDFFF"u8], [.. "\\udc00\\ud800"u8], [.. "&#xD800;"u8]],
        [Damage.HugeNumber] = [[.. Enumerable.Repeat((byte)'9', 400)], [.. "1e400"u8], [.. "-1e-4000000000"u8], [.. "99999999999999999999999999"u8], [.. "0x7fffffffffffffffffff"u8]],
        [Damage.DuplicateKey] =
        [
            [.. "\"model\": \"blog.tag\", "u8], [.. "\"pk\": 9, "u8], [.. "\"fields\": {\"title\": \"a\", \"title\": \"b\"}, "u8], [.. "\n  pk: 9\n"u8], [.. "\n    title: a\n    title: b\n"u8],
            [.. " pk=\"9\" "u8], [.. "<field name=\"title\">b</field>"u8],
        ],
        [Damage.Splice] =
        [
            [0xEF, 0xBB, 0xBF], [.. "]]>"u8], [.. "<!DOCTYPE a [<!ENTITY b \"c\">]>"u8], [.. "&amp;"u8], [.. "&b;"u8], [.. "<<: *a"u8], [.. "- &a [*a, *a]\n"u8], [.. "---\n"u8], [.. "\t"u8],
            [.. "\r\n"u8], [.. "{\"model\": \"blog.tag\", \"pk\": 1, \"fields\": {}},"u8],
        ],
    };

    /// <summary>A fixture: one in ten as it should be, the others damaged before or after packing.</summary>
    public FuzzInput Next()
    {
        string format = Among(FixtureFile.Formats);
        HashSet<Damage> plainDamages = [];
        byte[] plain = Encoding.UTF8.GetBytes(Write(format, plainDamages));
        for (int i = random.Next(10) == 0 ? 0 : random.Next(4); i > 0; i--)
            plain = Spoil(plain, Among(Enum.GetValues<Damage>()), plainDamages);
        string compression = random.Next(3) > 0 ? "" : Among(FixtureFile.Compressions);
        byte[] packed = compression switch
        {
            "gz" => Pack.Gzip(plain),
            "bz2" => Pack.Bzip2(plain),
            "zip" => Pack.Zip(plain),
            "xz" => XzPack.Pack(plain),
            "lzma" => Pack.LzmaOfKnownSize(plain),
            _ => plain,
        };
        HashSet<Damage> packedDamages = [];
        if (compression.Length > 0 && random.Next(2) == 0)
            packed = Spoil(packed, Among(Enum.GetValues<Damage>()), packedDamages);
        return new FuzzInput($"fuzz.{format}{(compression.Length > 0 ? "." : "")}{compression}", format, compression, packed, plainDamages, packedDamages);
    }

    private string Write(string format, HashSet<Damage> damages)
    {
        int count = random.Next(1, 5);
        IEnumerable<string> records = Enumerable.Range(1, count).Select(key => format switch
        {
            "yaml" or "yml" => $"- model: blog.post\n  pk: {key}\n  fields:\n    title: post {key}\n    {Field()}: {Value(format, damages)}\n",
            "xml" => $"<object model=\"blog.post\" pk=\"{key}\"><field name=\"title\">post {key}</field><field name=\"{Field()}\">{Value(format, damages).Replace("\"", "", StringComparison.Ordinal)}</field></object>",
            _ => $$$"""{"model": "blog.{{{(random.Next(4) == 0 ? "tag" : "post")}}}", "pk": {{{key}}}, "fields": {"title": "post {{{key}}}", "{{{Field()}}}": {{{Value(format, damages)}}}}}""",
        });
        return format switch
        {
            "json" => $"[{string.Join(",\n", records)}]",
            "jsonl" => string.Join('\n', records),
            "xml" => $"<django-objects version=\"1.0\">{string.Concat(records)}</django-objects>",
            _ => string.Concat(records),
        };
    }

    /// <summary>A value that may be right; one in eight is what its format allows and no one expects.</summary>
    private string Value(string format, HashSet<Damage> damages)
    {
        if (random.Next(8) > 0)
            return Among(Values);
        Damage damage = Among((Damage[])[Damage.DeepNesting, Damage.LongText, Damage.HugeNumber, Damage.Nul, Damage.LoneSurrogate]);
        damages.Add(damage);
        return damage switch
        {
            Damage.DeepNesting => Nested(format),
            Damage.LongText => $"\"{LongText()}\"",
            Damage.HugeNumber => Encoding.UTF8.GetString(Among(Pieces[damage])),
            _ => $"\"a{Encoding.UTF8.GetString(Among(Pieces[damage]))}b\"",
        };
    }

    private string Nested(string format)
    {
        int levels = Among((int[])[50, 70, 500]);
        (string open, string close) = format == "xml" ? Among(((string, string)[])[("<a>", "</a>"), ("<natural>", "</natural>")]) : Among(((string, string)[])[("[", "]"), ("{\"a\": ", "}")]);
        return string.Concat(Enumerable.Repeat(open, levels)) + "1" + string.Concat(Enumerable.Repeat(close, levels));
    }

    private string LongText() => new(Among((char[])['x', '\\', '\'', 'é', ' ', '{', '&']), Among((int[])[300, 3_000, 70_000]));

    private byte[] Spoil(byte[] bytes, Damage damage, HashSet<Damage> damages)
    {
        if (bytes.Length == 0)
            return bytes;
        damages.Add(damage);
        int at = random.Next(bytes.Length);
        int end = Math.Min(bytes.Length, at + random.Next(1, 12));
        switch (damage)
        {
            case Damage.BitFlip:
                byte[] flipped = [.. bytes];
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
            case Damage.Truncation:
                return bytes[..at];
            case Damage.Removal:
                return [.. bytes[..at], .. bytes[end..]];
            case Damage.Repetition:
                return [.. bytes[..end], .. bytes[at..]];
            case Damage.Jump:
                return [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
            case Damage.DeepNesting:
                return [.. bytes[..at], .. Encoding.UTF8.GetBytes(Nested(Among(FixtureFile.Formats))), .. bytes[at..]];
            case Damage.LongText:
                return [.. bytes[..at], .. Encoding.UTF8.GetBytes(LongText()), .. bytes[at..]];
            default:
                return [.. bytes[..at], .. Among(Pieces[damage]), .. bytes[at..]];
        }
    }

    private string Field() => Among(Fields);

    private T Among<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
