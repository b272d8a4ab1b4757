using System.Text;
using System.Text.Json;
using Fixtures.Formats;

namespace Fixtures.Tests.Formats;

public class JsonProblemTests
{
    [Theory]
    [InlineData("[tru, 1]", "'tru' is an invalid JSON literal. Expected the literal 'true'.")]
    [InlineData("[nul\n, \"' is an invalid JSON literal LineNumber: 3\"]", "'nul' is an invalid JSON literal. Expected the literal 'null'.")]
    [InlineData("[truthfulness of all the rest]", "'truthfulness' is an invalid JSON literal. Expected the literal 'true'.")]
    [InlineData("[f____]", "'f' is an invalid JSON literal. Expected the literal 'false'.")]
    [InlineData("[tttttttttttttttttttttttttttttttttttttttttttttt]", "'tttttttttttttttttttt' is an invalid JSON literal. Expected the literal 'true'.")]
    [InlineData("[1 2]", "'2' is invalid after a value. Expected either ',', '}', or ']'.")]
    [InlineData("{oops}", "'o' is an invalid start of a property name. Expected a '\"'.")]
    public void The_parsers_words_quote_no_more_than_the_word_that_is_wrong(string json, string expected)
    {
        JsonException exception = Assert.ThrowsAny<JsonException>(() => Read(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(expected, JsonProblem.Of(exception));
    }

    private static void Read(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
        }
    }
}
