using System.Globalization;
using System.Text;
using Fixtures.Tests.Cli;
using Fixtures.Tests.Extraction;

namespace Fixtures.Tests.NothingLost;

/// <summary>Small files that unpack, or expand, to more than any memory holds.</summary>
public sealed class BombTests : IDisposable
{
    private const int UnitByteCount = 128 << 10;
    private const int Units = 20_000;
    private const int MostUnits = 20;

    private readonly TestProject _project = new("CREATE TABLE t (id integer PRIMARY KEY, a text); INSERT INTO t VALUES (7, 'kept')");

    public void Dispose() => _project.Dispose();

    public static TheoryData<string, string> Packed()
    {
        var files = new TheoryData<string, string>();
        foreach (string compression in FixtureFile.Compressions)
        {
            foreach (string content in (string[])["zeros", "blanks", "list", "text"])
                files.Add(compression, content);
        }
        return files;
    }

    [Theory]
    [MemberData(nameof(Packed))]
    public void Gigabytes_in_a_packed_file_end_at_the_limit(string compression, string content)
    {
        File.WriteAllBytes(_project.At($"bomb.json.{compression}"), Pack(compression, content));
        _project.Options = _project.Options with { MaxUnpackedBytes = MostUnits * UnitByteCount };

        FixtureException exception = _project.Refused("bomb");

        Assert.Equal(FixtureStage.Decode, exception.Stage);
        Assert.Contains($"unpacks to more than {MostUnits * UnitByteCount} bytes", exception.Message, StringComparison.Ordinal);
        Assert.Equal("7|kept", _project.Rows("SELECT * FROM t"));
    }

    [Fact]
    public void Two_gigabytes_are_the_limit_where_none_is_set_and_take_little_memory()
    {
        using var folder = new CommandFolder();
        File.WriteAllBytes(folder.At("blog/fixtures/bomb.json.gz"), Pack("gz", "zeros"));

        CommandResult result = folder.RunProcess(["loaddata", "bomb", "--config", "."], environment: ("DOTNET_GCHeapHardLimit", (64 << 20).ToString("X", CultureInfo.InvariantCulture)));

        result.Failed("unpacks to more than 2147483648 bytes");
    }

    [Theory]
    [InlineData("xml", """<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><d><object model="t"><field name="a">&c;</field></object></d>""", "Remove the <!DOCTYPE>")]
    [InlineData("xml", """<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>""", "Remove the <!DOCTYPE>")]
    [InlineData("xml", """<d><object model="t"><field name="a">&passwd;</field></object></d>""", "passwd")]
    public void Entities_are_refused(string format, string text, string expected)
    {
        _project.Write($"data.{format}", text);
        FixtureException exception = _project.Refused("data");

        Assert.Equal(FixtureStage.Decode, exception.Stage);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{0}]", "expand to more than 100000 nodes")]
    [InlineData("{{<<: [{0}]}}", "expand to more than 100000 nodes")]
    [InlineData("{{a: [{0}]}}", "expand to more than 100000 nodes")]
    public void Aliases_that_expand_to_billions_are_refused(string level, string expected)
    {
        var text = new StringBuilder("- comment:\n  - &a0 {x: 1}\n");
        for (int i = 1; i < 20; i++)
            text.Append(CultureInfo.InvariantCulture, $"  - &a{i} {string.Format(CultureInfo.InvariantCulture, level, string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9)))}\n");
        _project.Write("data.yaml", text.Append("  model: t\n  pk: 1\n  fields: {a: *a19, <<: [*a0, *a0]}\n").ToString());

        FixtureException exception = _project.Refused("data");

        Assert.Equal(FixtureStage.Decode, exception.Stage);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Pack(string compression, string content)
    {
        (string before, string unit) = content switch
        {
            "zeros" => ("", new string('\0', UnitByteCount)),
            "blanks" => ("[", new string(' ', UnitByteCount)),
            "list" => ("[", string.Concat(Enumerable.Repeat("{\"model\": \"t\", \"pk\": 1, \"fields\": {\"a\": \"x\"}},\n", UnitByteCount / 49))),
            _ => ("[{\"model\": \"t\", \"pk\": 1, \"fields\": {\"a\": \"", new string('x', UnitByteCount)),
        };
        // Streams one after the other are one file; of the others there is no more than it takes.
        return compression switch
        {
            "gz" => Repeat(before, unit, bytes => Extraction.Pack.Gzip(bytes)),
            "bz2" => Repeat(before, unit, Extraction.Pack.Bzip2),
            "xz" => Repeat(before, unit, XzPack.Pack),
            "zip" => Extraction.Pack.Zip(Encoding.UTF8.GetBytes(before + string.Concat(Enumerable.Repeat(unit, MostUnits + 1)))),
            _ => Extraction.Pack.LzmaOfKnownSize(Encoding.UTF8.GetBytes(before + string.Concat(Enumerable.Repeat(unit, MostUnits + 1)))),
        };
    }

    private static byte[] Repeat(string before, string unit, Func<byte[], byte[]> pack)
    {
        byte[] packed = pack(Encoding.UTF8.GetBytes(unit));
        return [.. pack(Encoding.UTF8.GetBytes(before)), .. Enumerable.Repeat(packed, Units).SelectMany(part => part)];
    }
}
