using System.Text;
using Fixtures.Formats;
using Record = Fixtures.Formats.Record;

namespace Fixtures.Tests.Formats;

public class YamlFixtureReaderTests
{
    [Fact]
    public void A_fixture_in_block_style_gives_its_records()
    {
        const string text = """
            %YAML 1.1
            ---
            # comment
            - model: blog.post
              comment: {any: [thing]}
              pk: 1
              fields:
                title: "quoted \"x\" ☺"
                body: |
                  line 1
                    line 2
                tags:
                - 1
                - [red, big]
                meta: {a: {b: null}}
            - fields: {}
              pk: ~
              model: "blog.tag"
            - model: blog.tag
              fields: {}
            ...
            """;

        Assert.Equal(
            [
                "Text'blog.post' Plain'1' {title: Text'quoted \"x\" ☺', body: Text'line 1\n  line 2\n', tags: [Plain'1', [Plain'red', Plain'big']], meta: {a: {b: null}}}",
                "Text'blog.tag' null {}",
                "Text'blog.tag' - {}",
            ],
            FixtureText.Read(Reader(text)));
    }

    [Fact]
    public void Json_is_yaml() =>
        Assert.Equal(
            ["Text'a' [Plain'1', Text'2'] {x: Text'\u00e9/😀', y: Plain'1.50', z: Plain'true'}"],
            FixtureText.Read(Reader("""[{"model": "a", "pk": [1, "2"], "fields": {"x": "\u00e9\/\ud83d\ude00", "y": 1.50, "z": true}}]""")));

    [Theory]
    [InlineData("no", "Plain'no'")]
    [InlineData("012", "Plain'012'")]
    [InlineData("1e3", "Plain'1e3'")]
    [InlineData("2020-01-05 10:00:00", "Plain'2020-01-05 10:00:00'")]
    [InlineData("''", "Text''")]
    [InlineData("'null'", "Text'null'")]
    [InlineData("", "null")]
    [InlineData("~", "null")]
    [InlineData("Null", "null")]
    [InlineData("NULL", "null")]
    [InlineData("nULL", "Plain'nULL'")]
    [InlineData("!!str 12", "Text'12'")]
    [InlineData("!!str ~", "Text'~'")]
    [InlineData("! 12", "Text'12'")]
    [InlineData("!!int '12'", "Plain'12'")]
    [InlineData("!!float 3", "Plain'3'")]
    [InlineData("!!bool yes", "Plain'yes'")]
    [InlineData("!!timestamp 2020-01-01", "Plain'2020-01-01'")]
    [InlineData("!!null x", "null")]
    [InlineData("!!binary aGVsbG8=", "Binary'aGVsbG8='")]
    [InlineData("!!binary \"aGVs\\n bG8=\"", "Binary'aGVsbG8='")]
    [InlineData("!!seq [!!map {a: 1}]", "[{a: Plain'1'}]")]
    [InlineData("&x y", "Plain'y'")]
    public void A_scalar_keeps_its_text_and_says_whether_it_was_plain(string value, string expected) =>
        Assert.Equal($"{{f: {expected}}}", FixtureText.Field(Reader($"- model: m\n  fields:\n    f: {value}\n")));

    [Theory]
    [InlineData("- &r {model: m, fields: &f {a: 1, b: 2}}\n- *r\n- {model: n, fields: *f}", "m{a: Plain'1', b: Plain'2'}", "m{a: Plain'1', b: Plain'2'}", "n{a: Plain'1', b: Plain'2'}")]
    [InlineData("- {model: m, fields: {a: &v [1, &w x], *w : *v}}", "m{a: [Plain'1', Plain'x'], x: [Plain'1', Plain'x']}")]
    [InlineData("- {comment: &c {a: 1}, model: m, fields: *c}", "m{a: Plain'1'}")]
    // An alias means the anchor that stands before it, also where it is replayed after the anchor's name was given again.
    [InlineData("- model: m\n  fields:\n    a: &x 1\n    b: &y [*x]\n    c: &x 2\n    d: *y\n    e: *x", "m{a: Plain'1', b: [Plain'1'], c: Plain'2', d: [Plain'1'], e: Plain'2'}")]
    [InlineData("- {model: m, fields: {a: &x [&x 1, *x], b: *x}}", "m{a: [Plain'1', Plain'1'], b: Plain'1'}")]
    public void Aliases_stand_for_what_they_name(string text, params string[] expected) =>
        Assert.Equal(expected, FixtureText.Read(Reader(text)).Select(record => record.Replace("Text'", "", StringComparison.Ordinal).Replace("' - ", "", StringComparison.Ordinal)));

    [Theory]
    [InlineData("{<<: *a, y: 9}", "y: Plain'9', x: Plain'1'")]
    [InlineData("{y: 9, <<: *a}", "y: Plain'9', x: Plain'1'")]
    [InlineData("{<<: [*a, *b]}", "x: Plain'1', y: Plain'2', z: Plain'30'")]
    [InlineData("{<<: [*b, *a, {w: 0, y: 7}]}", "y: Plain'20', z: Plain'30', x: Plain'1', w: Plain'0'")]
    [InlineData("{<<: *ab}", "x: Plain'1', y: Plain'2', z: Plain'30'")]
    [InlineData("{<<: *a, <<: *b}", "y: Plain'20', z: Plain'30', x: Plain'1'")]
    [InlineData("{<<: *c, z: 4}", "z: Plain'4', v: Plain'5', y: Plain'20'")]
    [InlineData("{<<: {x: 1, x: 2}}", "x: Plain'1', x: Plain'2'")]
    [InlineData("{n: {<<: *a, x: 3}, x: 4}", "n: {x: Plain'3', y: Plain'2'}, x: Plain'4'")]
    [InlineData("{'<<': *a}", "<<: {x: Plain'1', y: Plain'2'}")]
    public void Merge_keys_add_what_is_not_there(string fields, string expected)
    {
        string text = $"- {{comment: [&a {{x: 1, y: 2}}, &b {{y: 20, z: 30}}, &ab [*a, *b], &c {{<<: *b, v: 5, z: 6}}], model: m, fields: {fields}}}";

        Assert.Equal($"{{{expected}}}", FixtureText.Field(Reader(text)));
    }

    [Fact]
    public void A_record_can_be_merged_into_another() =>
        Assert.Equal(
            ["Text'm' Plain'1' {a: Plain'1'}", "Text'm' Plain'2' {a: Plain'1'}", "Text'm' Plain'1' {}", "Text'n' Plain'1' {a: Plain'1'}"],
            FixtureText.Read(Reader("- &r\n  model: m\n  pk: 1\n  fields: {a: 1}\n- <<: *r\n  pk: 2\n- fields: {}\n  <<: *r\n- {<<: [{model: n}, *r]}")));

    [Fact]
    public void Of_two_keys_of_one_name_the_last_one_comes_last() =>
        Assert.Equal(["Text'n' Plain'2' {a: Plain'1', a: Plain'2'}"], FixtureText.Read(Reader("- {model: m, pk: 1, pk: 2, model: n, fields: {a: 1, a: 2}}")));

    [Theory]
    [InlineData("[]")]
    [InlineData("---\n[]\n...\n")]
    [InlineData("# nothing yet\n[]")]
    public void A_fixture_may_have_no_records(string text) => Assert.Empty(FixtureText.Read(Reader(text)));

    [Theory]
    [InlineData("", "f.yaml(1,1): The fixture is empty. Write '[]'")]
    [InlineData("---\n", "The fixture is empty.")]
    [InlineData("# comment\n", "The fixture is empty.")]
    [InlineData("~", "The fixture is empty.")]
    [InlineData("text", "f.yaml(1,1): The fixture is text 'text', but a fixture is a list of records.")]
    [InlineData("model: m\nfields: {}", "f.yaml(1,1): The fixture is a mapping, but a fixture is a list of records.")]
    [InlineData("- {model: m, fields: {}}\n- 3", "f.yaml(2,3): Record 2 is text '3', but a record is a mapping")]
    [InlineData("- []", "Record 1 is a list")]
    [InlineData("-", "Record 1 is empty")]
    [InlineData("- pk: 1\n  fields: {}", "f.yaml(1,3): Record 1 has no 'model'.")]
    [InlineData("- model: m\n  pk: 1", "f.yaml(1,3): Record 1 has no 'fields'.")]
    [InlineData("- model:\n  fields: {}", "f.yaml(1,9): The model of record 1 is a text such as 'blog.post', not null")]
    [InlineData("- model: [m]\n  fields: {}", "f.yaml(1,10): The model of record 1 is a text such as 'blog.post', not a list")]
    [InlineData("- model: m\n  fields:", "f.yaml(2,10): The fields of record 1 are a map of names to values, not null")]
    [InlineData("- model: m\n  fields: [a]", "f.yaml(2,11): The fields of record 1 are a map of names to values, not a list")]
    [InlineData("- model: m\n  pk: {a: 1}\n  fields: {}", "f.yaml(2,7): The pk of record 1 is a value or a list of values, not an object")]
    [InlineData("- model: m\n  fields: {[a]: 1}", "A key in record 1 is a list")]
    [InlineData("- model: m\n  fields: {!!binary aGVs: 1}", "A key in record 1 is '!!binary'")]
    [InlineData("- {model: m, fields: {}}\n---\n- {model: m, fields: {}}", "f.yaml(2,1): A second document begins here")]
    public void A_broken_structure_is_refused(string text, string expected) =>
        Assert.Contains(expected, FixtureText.Error(Reader(text)), StringComparison.Ordinal);

    [Theory]
    [InlineData("!!python/object/apply:os.getcwd []", "'!!python/object/apply:os.getcwd' cannot stand at a list")]
    [InlineData("!!python/tuple [a]", "'!!python/tuple'")]
    [InlineData("!foo bar", "'!foo' cannot stand at text")]
    [InlineData("!!set {a, b}", "'!!set' cannot stand at a mapping")]
    [InlineData("!!omap [a: 1]", "'!!omap'")]
    [InlineData("!!str [a]", "'!!str' cannot stand at a list")]
    [InlineData("!!map x", "'!!map' cannot stand at text")]
    [InlineData("!<tag:example.com,2000:x> y", "'tag:example.com,2000:x'")]
    [InlineData("!!binary aGVsbG8", "is not base64")]
    [InlineData("!!binary é", "is not base64")]
    [InlineData("*x", "The alias '*x' refers to no anchor before it.")]
    [InlineData("[*x, &x 1]", "The alias '*x' refers to no anchor before it.")]
    [InlineData("&x [*x]", "The alias '*x' stands inside its own anchor")]
    [InlineData("&x {<<: *x}", "The alias '*x' stands inside its own anchor")]
    [InlineData("{<<: 1}", "The merge key '<<' takes a mapping or a list of mappings.")]
    [InlineData("{<<: [{}, 1]}", "The merge key '<<' takes a mapping or a list of mappings.")]
    [InlineData("{<<: [[]]}", "The merge key '<<' takes a mapping or a list of mappings.")]
    [InlineData("\"\\ud83d\"", "")]
    [InlineData("\"\\udc00\\ud800\"", "")]
    [InlineData("\"\\q\"", "found unknown escape character")]
    [InlineData("`x", "found character that cannot start any token")]
    [InlineData("\"open", "f.yaml(3,8): ")]
    public void A_value_that_no_fixture_may_have_is_refused_where_it_stands(string value, string expected)
    {
        string error = FixtureText.Error(Reader($"- model: m\n  fields:\n    f: {value}\n"));

        Assert.StartsWith("f.yaml(3,", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_that_expand_without_end_are_refused()
    {
        var text = new StringBuilder("- comment:\n  - &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 30; level++)
            text.Append("  - &a").Append(level).Append(" [").AppendJoin(", ", Enumerable.Repeat($"*a{level - 1}", 9)).Append("]\n");
        text.Append("  model: m\n  fields: {f: *a29}\n");

        Assert.Contains("expand to more than 100000 nodes", FixtureText.Error(Reader(text.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void Merges_that_expand_without_end_are_refused()
    {
        var text = new StringBuilder("- comment:\n  - &a0 {x: 1}\n");
        for (int level = 1; level < 30; level++)
            text.Append("  - &a").Append(level).Append(" {<<: [").AppendJoin(", ", Enumerable.Repeat($"*a{level - 1}", 9)).Append("]}\n");
        text.Append("  model: m\n  fields: *a29\n");

        Assert.Contains("expand to more than 100000 nodes", FixtureText.Error(Reader(text.ToString())), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("{<<: ")]
    public void Values_nested_too_deep_are_refused(string level)
    {
        string deep = string.Concat(Enumerable.Repeat(level, 10_000));

        Assert.Contains("nested deeper than 64 levels", FixtureText.Error(Reader($"- {{model: m, fields: {{f: {deep}")), StringComparison.Ordinal);
        Assert.Contains("nested deeper than 64 levels", FixtureText.Error(Reader($"- {{model: m, comment: {deep}")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_merges_is_bounded_too()
    {
        var text = new StringBuilder("- comment:\n  - &a0 {x: 1}\n");
        for (int level = 1; level < 10_000; level++)
            text.Append("  - &a").Append(level).Append(" {<<: *a").Append(level - 1).Append("}\n");
        text.Append("  model: m\n  fields: *a9999\n");

        Assert.Contains("nested deeper than 64 levels", FixtureText.Error(Reader(text.ToString())), StringComparison.Ordinal);
    }

    [Fact]
    public void Sixty_four_levels_are_allowed()
    {
        // The list of records, the record and its fields are the first three.
        string text = $"[{{model: m, fields: {{f: {new string('[', 61)}{new string(']', 61)}}}}}]";

        Assert.Single(FixtureText.Read(Reader(text)));
        Assert.Contains("64 levels", FixtureText.Error(Reader(text.Replace("[]", "[[]]", StringComparison.Ordinal))), StringComparison.Ordinal);
    }

    [Fact]
    public void Double_quotes_may_go_on_at_any_depth() =>
        Assert.Equal(
            "{a: Text'one two three', b: Plain'1'}",
            FixtureText.Field(Reader("-   model: m\n    fields:\n        a: \"one\\\n   \\ two\nthree\"\n        b: 1\n")));

    [Fact]
    public void Tabs_do_not_indent() =>
        Assert.StartsWith("f.yaml(", FixtureText.Error(Reader("- model: m\n\tpk: 1\n")), StringComparison.Ordinal);

    [Fact]
    public void A_value_is_located_in_the_file_and_an_aliased_one_at_its_anchor()
    {
        using var reader = Reader("- &r\n  model: m\n  fields: {f: 1}\n\n- *r\n");
        var record = new Record();

        Assert.True(reader.Read(record));
        Assert.Equal((1, 3), reader.Locate(record.Position));
        Assert.Equal((3, 15), reader.Locate(record[record.Fields + 1].Position));
        Assert.True(reader.Read(record));
        Assert.Equal((5, 3), reader.Locate(record.Position));
        Assert.Equal((3, 15), reader.Locate(record[record.Fields + 1].Position));
    }

    [Fact]
    public void The_stream_is_disposed_with_the_reader()
    {
        var stream = new MemoryStream("[]"u8.ToArray());

        Assert.Empty(FixtureText.Read(new YamlFixtureReader(stream, "f.yaml")));

        Assert.False(stream.CanRead);
    }

    /// <summary>Whatever the bytes are, reading ends, and by a FixtureException if not well.</summary>
    [Fact]
    public void Damaged_fixtures_are_refused_or_read()
    {
        const string text = "%TAG !e! tag:x,1:\n---\n- &r {model: m, pk: !!int 1, fields: {a: \"x\\u00e9\", <<: [*r]}}\n- ? a\n  : |-2\n     b\n  'c': >+\n  d: *r # e\n- [a: b, ? c, -]\n...\n";
        const string damage = "\t\n\r '\"%&*!|>?:-,[]{}#@`\\<~0x\uFEFF\u0085\u2028é";
        var random = new Random(1);
        for (int round = 0; round < 4_000; round++)
        {
            var damaged = new StringBuilder(text);
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int at = random.Next(damaged.Length);
                if (random.Next(3) == 0)
                    damaged.Remove(at, Math.Min(damaged.Length - at, random.Next(1, 8)));
                else
                    damaged.Insert(at, damage[random.Next(damage.Length)]);
            }
            try
            {
                FixtureText.Read(Reader(damaged.ToString()));
            }
            catch (FixtureException exception)
            {
                Assert.Equal(FixtureStage.Decode, exception.Stage);
                Assert.True(exception.Errors[0].Line > 0, exception.Message);
            }
        }
    }

    private static YamlFixtureReader Reader(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f.yaml");
}
