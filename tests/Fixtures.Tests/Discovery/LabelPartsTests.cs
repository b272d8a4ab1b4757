using Fixtures.Discovery;

namespace Fixtures.Tests.Discovery;

public class LabelPartsTests
{
    [Theory]
    [InlineData("testdata", "", "testdata", null, null, null)]
    [InlineData("x.json", "", "x", "json", null, null)]
    [InlineData("x.json.gz", "", "x", "json", "gz", null)]
    [InlineData("fixture5.gz", "", "fixture5", null, "gz", null)]
    [InlineData("x.json.json", "", "x.json", "json", null, null)]
    [InlineData("x.gz.json", "", "x.gz", "json", null, null)]
    [InlineData("release.v2", "", "release.v2", null, null, "v2")]
    [InlineData("release.v2.gz", "", "release.v2", null, "gz", "v2")]
    [InlineData("release.v2.json", "", "release.v2", "json", null, null)]
    [InlineData("UPPER.JSON", "", "UPPER.JSON", null, null, "JSON")]
    [InlineData(".hidden", "", ".hidden", null, null, null)]
    [InlineData(".hidden.json", "", ".hidden", "json", null, null)]
    [InlineData(".json", "", ".json", null, null, null)]
    [InlineData("json", "", "json", null, null, null)]
    [InlineData("gz", "", "gz", null, null, null)]
    [InlineData("json.gz", "", "json", null, "gz", null)]
    [InlineData("x.", "", "x.", null, null, null)]
    [InlineData("x..json", "", "x.", "json", null, null)]
    [InlineData("v1.2/data", "v1.2/", "data", null, null, null)]
    [InlineData("a.json/../b.yml", "a.json/../", "b", "yml", null, null)]
    [InlineData("./x", "./", "x", null, null, null)]
    [InlineData("/data/x.xml.lzma", "/data/", "x", "xml", "lzma", null)]
    [InlineData("two words [1]*.yaml", "", "two words [1]*", "yaml", null, null)]
    [InlineData("Größe.données", "", "Größe.données", null, null, "données")]
    public void Only_the_last_segment_is_taken_apart(string label, string directory, string name, string? format, string? compression, string? unknown)
    {
        Assert.Equal(new LabelParts(directory, name, format, compression, unknown), LabelParts.Parse(label));
    }

    [Theory]
    [InlineData("", "A label is empty.")]
    [InlineData("a\0b", @"Label 'a\0b' holds a NUL character")]
    [InlineData("a\nb", @"Label 'a\nb' holds a line break.")]
    [InlineData("a\r\nb", @"Label 'a\r\nb' holds a line break.")]
    [InlineData("sub/", "Label 'sub/' names a directory.")]
    [InlineData("sub/..", "Label 'sub/..' names a directory.")]
    [InlineData(".", "Label '.' names a directory.")]
    public void What_cannot_be_a_files_name_is_refused(string label, string message)
    {
        var refused = Assert.Throws<FixtureException>(() => LabelParts.Parse(label));

        Assert.Equal(FixtureStage.Resolve, refused.Stage);
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("./x", true)]
    [InlineData("./sub/x", true)]
    [InlineData("../x", false)]
    [InlineData(".hidden/x", false)]
    [InlineData(".x", false)]
    public void A_dot_segment_in_front_is_told_from_names_that_start_with_a_dot(string label, bool expected)
    {
        Assert.Equal(expected, LabelParts.Parse(label).StartsWithDot);
    }
}
