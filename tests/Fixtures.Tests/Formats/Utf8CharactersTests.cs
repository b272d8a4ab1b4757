using System.Text;
using Fixtures.Formats;

namespace Fixtures.Tests.Formats;

public sealed class Utf8CharactersTests
{
    [Fact]
    public void They_are_counted_as_a_decoder_counts_them()
    {
        string[] characters = ["a", "\n", "\u007F", "\u0080", "é", "\u07FF", "\u0800", "€", "\uFFFF", "😀", "\U0010FFFF"];
        var random = new Random(1);
        for (int length = 0; length < 300; length++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, length).Select(_ => characters[random.Next(characters.Length)])));

            Assert.Equal(Encoding.UTF8.GetCharCount(bytes), Utf8Characters.Count(bytes));
        }
    }
}
