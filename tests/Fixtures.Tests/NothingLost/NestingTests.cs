namespace Fixtures.Tests.NothingLost;

/// <summary>Values inside values: as many levels as people write, and an error instead of a full stack for more.</summary>
public sealed class NestingTests : IDisposable
{
    private readonly TestProject _project = new("CREATE TABLE t (id integer PRIMARY KEY, data json); INSERT INTO t VALUES (7, 'kept')");

    public void Dispose() => _project.Dispose();

    // The list of records, the record and its fields are levels too.
    [Theory]
    [InlineData("json", """[{"model": "t", "pk": 1, "fields": {"data": """, "}}]", 3)]
    [InlineData("jsonl", """{"model": "t", "pk": 1, "fields": {"data": """, "}}", 2)]
    [InlineData("yaml", "- model: t\n  pk: 1\n  fields:\n    data: ", "\n", 3)]
    public void Sixty_four_levels_are_loaded_and_one_more_is_refused(string format, string before, string after, int levels)
    {
        foreach ((string open, string close) in ((string, string)[])[("[", "]"), ("{\"a\": ", "}"), ("[{\"a\": ", "}]")])
        {
            int pairs = (64 - levels) / open.Count(character => character is '[' or '{');
            Write(format, before + Repeat(open, pairs) + "1" + Repeat(close, pairs) + after);
            _project.Load("data");
            Assert.Equal(Repeat(open, pairs).Replace(" ", "", StringComparison.Ordinal) + "1" + Repeat(close, pairs), _project.Scalar("SELECT data FROM t WHERE id = 1"));

            foreach (int more in (int[])[pairs + 1, 100_000])
            {
                _project.Run("DELETE FROM t WHERE id = 1");
                Write(format, before + Repeat(open, more) + "1" + Repeat(close, more) + after);
                FixtureException exception = _project.Refused("data");
                Assert.Equal(FixtureStage.Decode, exception.Stage);
                Assert.Contains("nested deeper than 64 levels", exception.Message, StringComparison.Ordinal);
                Assert.Equal("7|kept", _project.Rows("SELECT * FROM t"));
            }
        }
    }

    [Theory]
    [InlineData("<a>", "</a>")]
    [InlineData("<object model=\"t\" pk=\"1\"><field name=\"data\">", "</field></object>")]
    [InlineData("<natural>", "</natural>")]
    public void Elements_end_at_sixty_four_levels_too(string open, string close)
    {
        Write("xml", $"<d>{Repeat(open, 100_000)}{Repeat(close, 100_000)}</d>");
        Assert.Equal(FixtureStage.Decode, _project.Refused("data").Stage);

        Write("xml", $"<d>{Repeat("<a>", 62)}<object model=\"t\" pk=\"1\"/>{Repeat("</a>", 62)}</d>");
        Assert.Equal(1, _project.Load("data").Objects);
        Write("xml", $"<d>{Repeat("<a>", 63)}<object model=\"t\" pk=\"1\"/>{Repeat("</a>", 63)}</d>");
        Assert.Contains("nested deeper than 64 levels", _project.Refused("data").Message, StringComparison.Ordinal);
    }

    private void Write(string format, string text)
    {
        foreach (string other in FixtureFile.Formats)
            File.Delete(_project.At($"data.{other}"));
        _project.Write($"data.{format}", text);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
