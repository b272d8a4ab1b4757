using Fixtures.Tests.Discovery;

namespace Fixtures.Tests.Conformance;

/// <summary>The runner sees each way in which an outcome can differ.</summary>
[Collection(nameof(OneAtATime))]
public sealed class ConformanceRunnerTests : IDisposable
{
    private const string Row = """{"blog_post":[{"id":1,"title":"one"}]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_expected_rows_and_counts_pass() => Assert.Null(Run("one", Loaded(1, Row)));

    [Theory]
    [InlineData("""{"blog_post":[{"id":1,"title":"two"}]}""", "row 1, column 'title': expected text 'two', got text 'one'")]
    [InlineData("""{"blog_post":[{"id":1,"title":"one"},{"id":2,"title":"two"}]}""", "2 rows expected, got 1")]
    [InlineData("{}", "0 rows expected, got 1")]
    [InlineData("""{"blog_post":[{"id":1,"title":"one"}],"blog_tag":[{"id":1}]}""", "table blog_tag: expected, not in the schema")]
    [InlineData("""{"blog_post":[{"id":{"$any":true},"title":"two"}]}""", "no row is")]
    public void Other_rows_are_seen(string tables, string difference) => Assert.Contains(difference, Run("one", Loaded(1, tables)), StringComparison.Ordinal);

    [Fact]
    public void Other_counts_are_seen() => Assert.Contains("expected 2 object(s)", Run("one", Loaded(2, Row)), StringComparison.Ordinal);

    [Fact]
    public void A_refusal_that_is_not_expected_is_seen() => Assert.Contains("refused: resolve: No fixture named 'none'", Run("none", Loaded(1, Row)), StringComparison.Ordinal);

    [Fact]
    public void A_load_that_should_be_refused_is_seen() => Assert.Contains("loaded, expected an error of stage map", Run("one", Refused("map")), StringComparison.Ordinal);

    [Fact]
    public void A_warning_that_is_missing_is_seen() =>
        Assert.Equal("loaded without the expected warning", Run("one", Loaded(1, Row).Replace("\"ok\"", "\"warning\"", StringComparison.Ordinal)));

    [Fact]
    public void Another_stage_and_other_words_are_remarks_only()
    {
        ConformanceResult result = RunCase("none", Refused("map"));

        Assert.Null(result.Difference);
        Assert.Equal([RemarkKind.Stage, RemarkKind.OtherWords, RemarkKind.MissingFacts], result.Remarks.Select(remark => remark.Kind));
    }

    [Fact]
    public void What_came_before_a_refusal_must_stay()
    {
        string before = "INSERT INTO blog_post VALUES (7, 'seven')";
        string expected = Refused("resolve").Replace("\"contains\"", """ "tables":{"blog_post":[{"id":7,"title":"seven"}]},"contains" """, StringComparison.Ordinal);

        Assert.Null(RunCase("none", expected, before).Difference);
        Assert.Contains("refused, but table blog_post", RunCase("none", Refused("resolve"), before).Difference, StringComparison.Ordinal);
    }

    [Fact]
    public void The_current_directory_is_put_back()
    {
        string before = Directory.GetCurrentDirectory();

        RunCase("one", Loaded(1, Row));

        Assert.Equal(before, Directory.GetCurrentDirectory());
    }

    [Theory]
    [InlineData("(blog.post:pk=1)", true)]
    [InlineData("(blog.post:pk=2)", false)]
    [InlineData("NOT NULL constraint failed: blog_post.title", true)]
    [InlineData("NOT NULL constraint failed: blog_post.slug", false)]
    [InlineData("other words", false)]
    public void A_fact_may_be_told_in_other_words(string words, bool isTold) =>
        Assert.Equal(isTold, ExpectedFacts.AreIn("a.json(1,2): blog.post pk=1: 'blog_post.title' must not be NULL.", words));

    [Fact]
    public void The_command_has_the_same_outcomes()
    {
        Assert.Null(RunCase("one", Loaded(1, Row), run: ConformanceRunner.RunCommand).Difference);
        Assert.Contains("column 'title'", RunCase("one", Loaded(1, Row.Replace("one", "two", StringComparison.Ordinal)), run: ConformanceRunner.RunCommand).Difference, StringComparison.Ordinal);
        Assert.Null(RunCase("none", Refused("resolve"), run: ConformanceRunner.RunCommand).Difference);
        Assert.Contains("refused: resolve: ", RunCase("none", Loaded(1, Row), run: ConformanceRunner.RunCommand).Difference, StringComparison.Ordinal);
    }

    private static string Loaded(int objects, string tables) =>
        $$"""{"status":"ok","objects":{{objects}},"objectsInFixtures":{{objects}},"fixtures":1,"tables":{{tables}}}""";

    private static string Refused(string stage) => $$"""{"status":"error","stage":"{{stage}}","message":"No.","contains":["other words"]}""";

    private string? Run(string label, string expect) => RunCase(label, expect).Difference;

    private ConformanceResult RunCase(string label, string expect, string? before = null, Func<ConformanceCase, ConformanceResult>? run = null)
    {
        Directory.CreateDirectory(_folder["apps/blog/fixtures"]);
        File.WriteAllText(_folder["schema.sql"], "CREATE TABLE blog_post (id integer PRIMARY KEY, title varchar(20) NOT NULL);");
        File.WriteAllText(_folder["apps/blog/fixtures/one.json"], """[{"model":"blog.post","pk":1,"fields":{"title":"one"}}]""");
        File.WriteAllText(
            _folder["cases.json"],
            $$"""[{"name":"case","labels":["{{label}}"],"options":{},"apps":["blog"],"models":{},"before":[{{(before is null ? "" : $"\"{before}\"")}}],"expect":{{expect}}}]""");
        return (run ?? ConformanceRunner.Run)(Assert.Single(ConformanceCase.ReadSet(_folder.Path)));
    }
}
