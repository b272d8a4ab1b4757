using System.Text.Json;

namespace Fixtures.Formats;

/// <summary>
/// Reads records from JSON Lines: one <c>{"model", "pk", "fields"}</c> a line, enforced. Empty lines are passed over. Lazy; one line in memory.
/// </summary>
internal sealed class JsonLinesFixtureReader(Stream stream, string path) : JsonWindowReader(stream, path)
{
    private readonly RecordLayouts _layouts = new(JsonLayout.Of);
    private int _number;

    public override bool Read(Record record)
    {
        while (TryReadLine(out int lineLength, out int lineAndBreakLength))
        {
            long origin = Window.Position;
            if (IsBlank(Window.Unread[..lineLength]))
            {
                Window.Advance(lineAndBreakLength);
                continue;
            }

            if (Window.IsValid && _layouts.TryRead(Window.Unread[..lineLength], origin, record, this, _number + 1) is > 0 and var length && IsBlank(Window.Unread[length..lineLength]))
            {
                PassOver(lineAndBreakLength);
                RequireStructure(record);
                return true;
            }

            // One reader a line: a reader of many values would take two records on a line and one over several.
            var reader = new Utf8JsonReader(Window.Unread[..lineLength], isFinalBlock: true, default);
            try
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartObject)
                    throw OfLine(NotRecord(reader.TokenType, origin + reader.TokenStartIndex, "A line in JSON Lines is one record, an object with 'model', 'pk' and 'fields'"), lineAndBreakLength);
                record.Begin(this, _number + 1, origin + reader.TokenStartIndex);
                JsonRecord.TryRead(ref reader, record, origin, Window.IsValid);
                long byteCount = reader.BytesConsumed;
                reader.Read();
                _layouts.Add(Window.Unread[..(int)byteCount], origin, record);
            }
            catch (JsonException exception)
            {
                throw OfLine(Malformed(exception, origin + (exception.BytePositionInLine ?? 0)), lineAndBreakLength);
            }
            catch (InvalidOperationException exception)
            {
                throw OfLine(NotText(exception, origin + reader.TokenStartIndex), lineAndBreakLength);
            }

            PassOver(lineAndBreakLength);
            RequireStructure(record);
            return true;
        }
        return false;
    }

    private void PassOver(int lineAndBreakLength)
    {
        _number++;
        Window.Advance(lineAndBreakLength);
    }

    /// <summary>An error that ends with its line.</summary>
    private RecordException OfLine(FixtureException malformed, int lineAndBreakLength)
    {
        PassOver(lineAndBreakLength);
        return new RecordException(malformed);
    }

    /// <summary>Fills the window until it holds the next line whole.</summary>
    private bool TryReadLine(out int lineLength, out int lineAndBreakLength)
    {
        int searched = 0;
        while (true)
        {
            int lineBreak = Window.Unread[searched..].IndexOf((byte)'\n');
            if (lineBreak >= 0)
            {
                lineLength = searched + lineBreak;
                lineAndBreakLength = lineLength + 1;
                return true;
            }
            if (Window.IsFinal)
            {
                lineLength = lineAndBreakLength = Window.Unread.Length;
                return lineLength > 0;
            }
            if (IsBlank(Window.Unread))
                Window.Advance(Window.Unread.Length);
            searched = Window.Unread.Length;
            Fill();
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;
}
