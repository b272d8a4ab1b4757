using System.Text;
using Fixtures.Formats;
using Record = Fixtures.Formats.Record;

namespace Fixtures.Tests.Formats;

public class XmlFixtureReaderTests
{
    [Fact]
    public void A_fixture_as_Django_writes_it_gives_its_records()
    {
        const string text = """
            <?xml version="1.0" encoding="utf-8"?>
            <django-objects version="1.0">
              <object model="blog.post" pk="1">
                <field name="title" type="CharField">Text &amp; more</field>
                <field name="nothing" type="TextField"><None></None></field>
                <field name="author" rel="ManyToOneRel" to="blog.user">3</field>
                <field name="editor" rel="ManyToOneRel" to="blog.user"><natural>ann</natural><natural><None/></natural></field>
                <field name="tags" rel="ManyToManyRel" to="blog.tag"><object pk="1"></object><object><natural>red</natural></object></field>
                <field name="none" rel="ManyToManyRel" to="blog.tag"></field>
              </object>
              <object model="blog.tag"/>
            </django-objects>
            """;

        Assert.Equal(
            [
                "Text'blog.post' Characters'1' {title: Characters'Text & more', nothing: null, author: Characters'3', "
                    + "editor: [Characters'ann', null], tags: [Characters'1', [Characters'red']], none: []}",
                "Text'blog.tag' - {}",
            ],
            FixtureText.Read(Reader(text)));
    }

    [Theory]
    [InlineData("", "Characters''")]
    [InlineData(" \n\t\u00A0", "Characters''")]
    [InlineData("\n  a  b \n", "Characters'a  b'")]
    [InlineData("<![CDATA[ <b> ]]>&amp; c", "Characters'<b> & c'")]
    [InlineData("a <!-- b --> c<?d e?>", "Characters'a  c'")]
    [InlineData("one <b>two <i>three</i></b> four", "Characters'one two three four'")]
    [InlineData("<b>1</b> <b>2</b>", "Characters'1 2'")]
    [InlineData("&lt;&#233;&#x1F600;&gt;", "Characters'<é😀>'")]
    [InlineData("text <None/> beside", "null")]
    [InlineData("null", "Characters'null'")]
    public void The_content_of_a_field_is_its_text(string content, string expected) =>
        Assert.Equal($"{{f: {expected}}}", FixtureText.Field(Reader($"<r><object model='m'><field name='f'>{content}</field></object></r>")));

    [Theory]
    [InlineData("type='CharField'", "<natural>Django <em>pony</em></natural>", "[Characters'Django pony']")]
    [InlineData("type='ForeignKey' rel='ManyToOneRel'", "<natural> a <em>b</em> </natural>", "[Characters'a b']")]
    [InlineData("", "<natural></natural>", "[Characters'']")]
    [InlineData("", "<object pk='1'>x</object><object pk=''/>", "[Characters'1', Characters'']")]
    [InlineData("rel='ManyToManyRel'", "<None/>", "null")]
    public void References_are_told_by_rel_or_by_their_elements(string attributes, string content, string expected) =>
        Assert.Equal($"{{f: {expected}}}", FixtureText.Field(Reader($"<r><object model='m'><field name='f' {attributes}>{content}</field></object></r>")));

    [Fact]
    public void Objects_are_found_below_any_root_at_any_depth() =>
        Assert.Equal(
            ["Text'a' Characters'1' {x: Characters'1'}", "Text'b' Characters'' {y: Characters'2'}"],
            FixtureText.Read(Reader("<all><object model='a' pk='1'><field name='x'>1</field></object><g><g><object pk='' model='b'><h><field name='y'>2</field></h></object></g></g></all>")));

    /// <summary>The parser does not split a pair between two chunks and gives one character less.</summary>
    [Fact]
    public void Long_texts_are_whole_wherever_a_surrogate_pair_falls()
    {
        for (int before = 1000; before < 1030; before++)
        {
            string text = new string('a', before) + string.Concat(Enumerable.Repeat("😀", 3000)) + "\r\n&amp;z";

            string field = FixtureText.Field(Reader($"<r><object model='m'><field name='f'>{text}</field></object></r>"));

            Assert.Equal("{f: Characters'" + text.Replace("\r\n&amp;", "\n&", StringComparison.Ordinal) + "'}", field);
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("iso-8859-1")]
    public void The_declaration_says_the_encoding(string name)
    {
        string text = $"<?xml version='1.0' encoding='{name}'?><r><object model='m'><field name='f'>café</field></object></r>";
        var encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];

        Assert.Equal("{f: Characters'café'}", FixtureText.Field(new XmlFixtureReader(new MemoryStream(bytes), "f.xml")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<r/>")]
    [InlineData("<r><objct model='m'/></r>")]
    public void A_fixture_may_have_no_records(string text) => Assert.Empty(FixtureText.Read(Reader(text)));

    [Theory]
    [InlineData("<r>\n <object pk='1'/></r>", "f.xml(2,2): <object> node is missing the required 'model' attribute (record 1).")]
    [InlineData("<r><object model='m'>\n<field>1</field></object></r>", "f.xml(2,1): <field> node is missing the 'name' attribute (record 1).")]
    [InlineData("<r><object model='m'/><object model='m'>\n<field name='t' rel='ManyToManyRel'><object/></field></object></r>", "An <object> in the field 't' of record 2 has neither")]
    [InlineData("<r><object model='m'><object model='n'/></object></r>", "f.xml(1,22): An <object> stands inside the <object> of record 1")]
    [InlineData("<r><object model='m'><field name='a'>1<field name='b'/></field></object></r>", "A <field> stands inside the field 'a'")]
    [InlineData("<r><object model='m'><field name='a' rel='ManyToManyRel'>1, 2</field></object></r>", "holds the text '1, 2'")]
    [InlineData("<r><object model='m'><field name='a' rel='ManyToManyRel'><natural>x</natural></field></object></r>", "takes <object> elements, not <natural>")]
    [InlineData("<r><object model='m'><field name='a' rel='ManyToOneRel'><object pk='1'/></field></object></r>", "takes <natural> elements, not <object>")]
    [InlineData("<r><object model='m'><field name='a'><natural>x</natural><None/></field></object></r>", "holds <None>")]
    public void A_broken_structure_is_refused(string text, string expected) =>
        Assert.Contains(expected, FixtureText.Error(Reader(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("no xml", "f.xml(1,1): Data at the root level is invalid.")]
    [InlineData("  ", "f.xml(1,1): Root element is missing.")]
    [InlineData("<?xml version='1.0' encoding='utf-16'?><r/>", "f.xml(1,1): There is no Unicode byte order mark.")]
    [InlineData("<r>\n<a></r>", "f.xml(2,6): The 'a' start tag on line 2 position 2 does not match the end tag of 'r'.")]
    [InlineData("<r>\n<object model='m'><field name='f'>x", "f.xml(2,")]
    [InlineData("<r>&foo;</r>", "f.xml(1,5): Reference to undeclared entity 'foo'.")]
    [InlineData("<r>&#xD800;</r>", "f.xml(1,7): ")]
    [InlineData("<!DOCTYPE r><r/>", "f.xml(1,1): A document type declaration has no place in a fixture. Remove the <!DOCTYPE>.")]
    [InlineData("<!DOCTYPE r [<!ENTITY e 'boom'>]><r><object model='m'><field name='f'>&e;</field></object></r>", "f.xml(1,1): A document type declaration has no place")]
    [InlineData("<?xml version='1.0'?>\n  <!DOCTYPE r><r/>", "f.xml(2,3): A document type declaration has no place")]
    [InlineData("<?xml version='1.0' encoding='nonsense'?><r/>", "f.xml(1,31): System does not support 'nonsense' encoding.")]
    public void What_is_no_XML_is_refused_where_it_stands(string text, string expected) =>
        Assert.StartsWith(expected, FixtureText.Error(Reader(text)), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_in_the_encoding_are_refused()
    {
        byte[] bytes = [.. "<r>\nab"u8, 0xE9, .. "</r>"u8];

        Assert.StartsWith("f.xml(2,3): ", FixtureText.Error(new XmlFixtureReader(new MemoryStream(bytes), "f.xml")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<r><object model='m'><field name='f'>", "<b>")]
    [InlineData("<r><object model='m'><field name='f'><natural>", "<b>")]
    [InlineData("<r><object model='m'>", "<b>")]
    [InlineData("<r>", "<b>")]
    public void Elements_nested_too_deep_are_refused(string start, string element) =>
        Assert.Contains("Elements are nested deeper than 64 levels.", FixtureText.Error(Reader(start + string.Concat(Enumerable.Repeat(element, 100_000)))), StringComparison.Ordinal);

    [Fact]
    public void A_value_is_located_at_its_element()
    {
        using var reader = Reader("<r>\n  <object model='m'>\n    <field name='f'>\n1</field></object></r>");
        var record = new Record();

        Assert.True(reader.Read(record));

        Assert.Equal((2, 3), reader.Locate(record.Position));
        Assert.Equal((3, 5), reader.Locate(record[record.Fields + 1].Position));
    }

    [Fact]
    public void The_stream_is_disposed_with_the_reader()
    {
        var stream = new MemoryStream("<r/>"u8.ToArray());

        Assert.Empty(FixtureText.Read(new XmlFixtureReader(stream, "f.xml")));

        Assert.False(stream.CanRead);
    }

    private static XmlFixtureReader Reader(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.xml");
}
