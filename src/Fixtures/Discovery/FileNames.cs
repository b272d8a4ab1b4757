using System.Text;

namespace Fixtures.Discovery;

/// <summary>
/// The names of a directory's files as one text, each behind a separator that no file name can hold: one string a directory, and one vectorised
/// search tells what it has of a label. Immutable.
/// </summary>
internal sealed class FileNames
{
    private const char Separator = '/';

    private readonly string _text;

    private FileNames(string text) => _text = text;

    public static FileNames None { get; } = new("");

    /// <summary>The names in ordinal order.</summary>
    public string[] InOrder()
    {
        string[] names = _text.Split(Separator, StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <summary>The names that begin with a text, in the directory's own order.</summary>
    public IEnumerable<string> StartingWith(string beginning)
    {
        for (int at = Find(beginning, 0); at >= 0;)
        {
            int end = _text.IndexOf(Separator, at);
            if (end < 0)
                end = _text.Length;
            if (_text[at - 1] == Separator)
                yield return _text[at..end];
            at = Find(beginning, end);
        }
    }

    private int Find(string beginning, int from) => _text.IndexOf(beginning, from, StringComparison.Ordinal);

    /// <summary>Takes names one at a time.</summary>
    public sealed class Builder
    {
        // Room for a directory of some twenty names.
        private readonly StringBuilder _text = new(512);

        public void Add(ReadOnlySpan<char> fileName) => _text.Append(Separator).Append(fileName);

        public FileNames Build() => new(_text.ToString());
    }
}
