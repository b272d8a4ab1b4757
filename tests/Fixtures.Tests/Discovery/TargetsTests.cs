using Fixtures.Discovery;

namespace Fixtures.Tests.Discovery;

public class TargetsTests
{
    [Fact]
    public void A_bare_name_stands_for_every_format_and_compression_with_and_without_the_alias()
    {
        string[] names = [.. For("x", "other").FileNames];

        Assert.Equal(2 * 5 * 6, names.Length);
        Assert.Equal(["x.other.json", "x.other.json.gz", "x.other.json.bz2"], names[..3]);
        Assert.Equal(["x.json", "x.json.gz"], names[30..32]);
        Assert.Equal("x.xml.lzma", names[^1]);
    }

    [Theory]
    [InlineData("x.yaml", "x.a.yaml x.a.yaml.gz x.a.yaml.bz2 x.a.yaml.zip x.a.yaml.xz x.a.yaml.lzma x.yaml x.yaml.gz x.yaml.bz2 x.yaml.zip x.yaml.xz x.yaml.lzma")]
    [InlineData("x.gz", "x.a.json.gz x.a.jsonl.gz x.a.yaml.gz x.a.yml.gz x.a.xml.gz x.json.gz x.jsonl.gz x.yaml.gz x.yml.gz x.xml.gz")]
    [InlineData("x.xml.xz", "x.a.xml.xz x.xml.xz")]
    [InlineData("x.a.xml.xz", "x.a.a.xml.xz x.a.xml.xz")]
    public void What_the_label_fixes_is_not_varied(string label, string expected)
    {
        Assert.Equal(expected.Split(' '), For(label, "a").FileNames);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("gz")]
    [InlineData("")]
    public void An_alias_that_reads_like_an_extension_or_is_empty_does_no_harm(string alias)
    {
        Assert.Contains("x.json", For("x", alias).FileNames);
    }

    [Fact]
    public void Matches_come_in_the_order_of_the_targets_not_of_the_directory()
    {
        var names = new FileNames.Builder();
        foreach (string name in (string[])["x.xml", "x", "x-.json", "x.JSON", "x.json.gz.old", "x.json.gz", "x.a.xml", "xx.json", "a.x.json", "x.json"])
            names.Add(name);

        Assert.Equal(["x.a.xml", "x.json", "x.json.gz", "x.xml"], For("x", "a").Among(names.Build()));
    }

    [Fact]
    public void A_fixture_knows_its_name_without_alias_format_and_compression()
    {
        Assert.Equal(new FixtureFile("/data/x.a.json.gz", "x", "json", "gz"), For("x", "a").FixtureIn("/data", "x.a.json.gz"));
        Assert.Equal(new FixtureFile("/data/x.a.json", "x.a", "json", null), For("x.a", "b").FixtureIn("/data", "x.a.json"));
    }

    private static Targets For(string label, string alias) => new(LabelParts.Parse(label), alias);
}
