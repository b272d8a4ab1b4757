using System.Text;
using System.Text.RegularExpressions;

namespace Fixtures.Cli.TestPrograms;

/// <summary>The last lines of a program's output, however much it writes. Thread-safe.</summary>
internal sealed partial class OutputTail
{
    private const int MostLines = 40;
    private const int MostChars = 500;

    private readonly Queue<string> _lines = new();

    /// <summary>The lines, without the colours and other orders to a terminal.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>Reads to the end, so that the program need not wait for its reader.</summary>
    public async Task ReadAsync(TextReader reader)
    {
        char[] buffer = new char[4096];
        var line = new StringBuilder();
        int read;
        while ((read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
        {
            foreach (char character in buffer.AsSpan(0, read))
            {
                if (character == '\n')
                    Keep(line);
                else if (line.Length < MostChars)
                    line.Append(character);
            }
        }
        Keep(line);
    }

    private void Keep(StringBuilder line)
    {
        string text = TerminalOrder().Replace(line.ToString(), "").TrimEnd();
        line.Clear();
        if (text.Length == 0)
            return;
        lock (_lines)
        {
            _lines.Enqueue(text);
            if (_lines.Count > MostLines)
                _lines.Dequeue();
        }
    }

    [GeneratedRegex(@"\e\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0B-\x1F\x7F]")]
    private static partial Regex TerminalOrder();
}
