using System.Text;
using Fixtures.Formats;
using YamlDotNet.Core;

namespace Fixtures.Tests.Formats;

public class YamlTextTests
{
    private const string Odd = """
        - model: a.b
          fields:
            text: "one \
              \ two
              three" # "c
            plain: foo "bar
              baz" qux
              - x
            'single': 'it''s "
              more'
            block: |
              He: "said
              it
            fold: >-2
                a "b
               c
            empty:
            list:
            - "a
              b"
            - c "d
            - - k: "v
                   w"
                l: {a: "b
                    c", d: e "f}
            flow: [a, "b
              c", 'd"', e: "f", {"g":"h"}]
            ? complex
            : "v
                w"
            anchor: &x !!str "q
              r"
        # comment "
        - model: "c.d"
          fields: {}

        """;

    [Theory]
    [InlineData("- a: \"x\n  y\"\n", "- a: \"x\n   y\"\n")]
    [InlineData("- a: \"x\\\ny\\\n\n \\ z\"\n  b: 1\n", "- a: \"x\\\n   y\\\n\n   \\ z\"\n  b: 1\n")]
    [InlineData("- - \"x\ny\"\n", "- - \"x\n   y\"\n")]
    [InlineData("a:\n  b: [\"x\ny\", z]\n", "a:\n  b: [\"x\n   y\", z]\n")]
    [InlineData("a:\n  \"b c\": \"x\r\ny\"\n", "a:\n  \"b c\": \"x\r\n   y\"\n")]
    [InlineData("? a\n:\n  b: &x !!str \"x\ny\"\n", "? a\n:\n  b: &x !!str \"x\n   y\"\n")]
    public void A_line_that_continues_double_quotes_is_indented_as_its_parent_asks(string text, string expected) => Assert.Equal(expected, Read(text));

    [Theory]
    [InlineData(Odd)]
    [InlineData("a: b \"c\nd: e\"\n")]
    [InlineData("a: 'b \"c'\nd: e\"\n")]
    [InlineData("a: | # \"\n  \"b\nc: d\"\n")]
    [InlineData("a: |1\n  \"b\n c\nd: e\"\n")]
    [InlineData("a: |\nb: c\" \"\nd: e\"\n")]
    [InlineData("# \"\na: \"b\" # \"\nc: d\n")]
    [InlineData("a: \"\\\\\"\nb: \"\\\"\"\nc: d\n")]
    public void All_other_lines_stay(string text) => Assert.Equal(text, Read(text));

    [Fact]
    public void What_the_parser_takes_passes_unchanged()
    {
        const string damage = "\n\n\n   '\"&*!|>?:-,[]{}#\\x";
        var random = new Random(1);
        int taken = 0;
        for (int round = 0; round < 3_000; round++)
        {
            var damaged = new StringBuilder(Odd);
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                int at = random.Next(damaged.Length);
                if (random.Next(4) == 0)
                    damaged.Remove(at, Math.Min(damaged.Length - at, random.Next(1, 8)));
                else if (random.Next(3) == 0)
                    damaged.Insert(at, Odd.AsSpan(random.Next(Odd.Length - 30), random.Next(30)));
                else
                    damaged.Insert(at, damage[random.Next(damage.Length)]);
            }
            string text = damaged.ToString();
            if (!IsTaken(text))
                continue;
            taken++;
            Assert.Equal(text, Read(text));
        }
        Assert.True(taken > 300, $"Only {taken} texts were tried.");
    }

    [Fact]
    public void Lines_may_fall_on_the_edge_of_any_read()
    {
        string text = string.Concat(Enumerable.Repeat(Odd + "- a: \"x\n y\"\n", 50));

        using var slow = new YamlText(new SingleCharacters(text));

        Assert.Equal(Read(text), slow.ReadToEnd());
    }

    private static bool IsTaken(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            while (parser.MoveNext())
            {
            }
            return true;
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    private static string Read(string text)
    {
        using var yaml = new YamlText(new StringReader(text));
        return yaml.ReadToEnd();
    }

    private sealed class SingleCharacters(string text) : StringReader(text)
    {
        public override int Read(char[] buffer, int index, int count) => base.Read(buffer, index, Math.Min(count, 1));
    }
}
