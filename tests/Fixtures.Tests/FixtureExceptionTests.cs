namespace Fixtures.Tests;

public class FixtureExceptionTests
{
    [Fact]
    public void An_error_reads_file_line_column_record_and_message()
    {
        var error = new FixtureError("'author' refers to nothing.") { File = "posts.yaml", Line = 12, Column = 13, Model = "blog.post", Key = "3" };

        Assert.Equal("posts.yaml(12,13): blog.post pk=3: 'author' refers to nothing.", error.ToString());
    }

    [Fact]
    public void The_first_ten_errors_are_shown_and_the_rest_counted()
    {
        FixtureError[] errors = [.. Enumerable.Range(1, 12).Select(i => new FixtureError($"Error {i}."))];

        var exception = new FixtureException(FixtureStage.Map, errors, 15);

        Assert.Contains("Error 10.\n... and 5 more.", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Error 11.", exception.Message, StringComparison.Ordinal);
    }
}
