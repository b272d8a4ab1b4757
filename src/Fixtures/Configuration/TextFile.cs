using System.Text;
using System.Text.Unicode;

namespace Fixtures.Configuration;

/// <summary>A small UTF-8 file, whole in memory, that can name a place in itself.</summary>
internal sealed class TextFile
{
    private readonly byte[] _bytes;
    private readonly int _start;

    private TextFile(string path, byte[] bytes)
    {
        Path = path;
        _bytes = bytes;
        _start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
    }

    /// <summary>The file's path, as messages name it.</summary>
    public string Path { get; }

    /// <summary>The text, without byte order mark. Offsets count from its beginning.</summary>
    public ReadOnlySpan<byte> Text => _bytes.AsSpan(_start);

    /// <summary>Reads a file. One that cannot be read or is not UTF-8 is refused.</summary>
    public static TextFile Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FixtureException(FixtureStage.Config, new FixtureError($"'{path}' cannot be read: {exception.Message}") { File = path }, exception);
        }

        var file = new TextFile(path, bytes);
        if (!Utf8.IsValid(file.Text))
            throw file.Refuse("This is not UTF-8 text. Save the file as UTF-8.", FirstInvalid(file.Text));
        return file;
    }

    /// <summary>The exception for an error at a byte offset.</summary>
    public FixtureException Refuse(string message, long offset, FixtureStage stage = FixtureStage.Config, Exception? innerException = null)
    {
        ReadOnlySpan<byte> before = Text[..(int)Math.Min(offset, Text.Length)];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        var error = new FixtureError(message)
        {
            File = Path,
            Line = before.Count((byte)'\n') + 1,
            Column = Encoding.UTF8.GetCharCount(before[lineStart..]) + 1,
        };
        return new FixtureException(stage, error, innerException);
    }

    /// <summary>The byte offset of a line, from 0.</summary>
    public long LineStart(long line)
    {
        int offset = 0;
        for (; line > 0; line--)
            offset += Text[offset..].IndexOf((byte)'\n') + 1;
        return offset;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        int offset = 0;
        while (Rune.DecodeFromUtf8(text[offset..], out _, out int length) == System.Buffers.OperationStatus.Done)
            offset += length;
        return offset;
    }
}
