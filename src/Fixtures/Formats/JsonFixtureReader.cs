using System.Text.Json;

namespace Fixtures.Formats;

/// <summary>
/// Reads records from UTF-8 JSON: an array of <c>{"model", "pk", "fields"}</c>. Lazy; one record in memory.
/// A byte order mark is passed over. Nesting is bounded at 64 levels.
/// </summary>
internal sealed class JsonFixtureReader(Stream stream, string path) : JsonWindowReader(stream, path)
{
    // A window's rest counts as cut where the longest record that was repeated is longer, up to this: so many bytes are moved to its front in no time.
    private const int MostMovedFreely = 4096;

    private readonly RecordLayouts _layouts = new(JsonLayout.Of);
    private JsonReaderState _state;
    private bool _started;
    private bool _ended;
    private int _number;
    private int _likelyLength;

    // Among records that repeat each other: reading on costs less than finding out that a record's end is missing.
    private bool IsProbablyCut => Window.Unread.Length < _likelyLength && !Window.IsFinal;

    public override bool Read(Record record)
    {
        // A record that is cut by the window's end is read again from its start once there is more: one in a few hundred.
        while (true)
        {
            if (IsProbablyCut)
                Fill();
            if (TryRepeat(record))
                return true;
            var reader = new Utf8JsonReader(Window.Unread, Window.IsFinal, _state);
            try
            {
                if (!_started)
                {
                    if (TryReadStart(ref reader))
                        continue;
                }
                else if (!_ended)
                {
                    if (TryReadRecord(ref reader, record))
                        return true;
                    if (_ended)
                        continue;
                }
                else
                {
                    // Utf8JsonReader itself refuses anything but white space after the list.
                    reader.Read();
                    if (Window.IsFinal)
                        return false;
                    Consume(ref reader);
                }
            }
            catch (JsonException exception)
            {
                throw Malformed(exception, PositionOf(exception));
            }
            catch (InvalidOperationException exception)
            {
                throw Skipping(NotText(exception, Window.Position + reader.TokenStartIndex));
            }
            Fill();
        }
    }

    /// <summary>Reads a record that has the layout of one before. The parser's state stays what it was: that after a record.</summary>
    private bool TryRepeat(Record record)
    {
        if (_ended || !Window.IsValid)
            return false;
        int length = _layouts.TryRead(Window.Unread, Window.Position, record, this, _number + 1);
        if (length == 0)
            return false;
        _number++;
        _likelyLength = Math.Max(length, Math.Min(_likelyLength, MostMovedFreely));
        Window.Advance(length);
        RequireStructure(record);
        return true;
    }

    private bool TryReadStart(ref Utf8JsonReader reader)
    {
        if (!TryReadToken(ref reader))
            return false;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw NotRecord(reader.TokenType, Window.Position + reader.TokenStartIndex, "A fixture in JSON is a list of records");
        _started = true;
        Consume(ref reader);
        return true;
    }

    private bool TryReadRecord(ref Utf8JsonReader reader, Record record)
    {
        if (!TryReadToken(ref reader))
            return false;
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            _ended = true;
            Consume(ref reader);
            return false;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Skipping(NotRecord(reader.TokenType, Window.Position + reader.TokenStartIndex, "A record is an object with 'model', 'pk' and 'fields'"));

        record.Begin(this, _number + 1, Window.Position + reader.TokenStartIndex);
        if (!JsonRecord.TryRead(ref reader, record, Window.Position, Window.IsValid))
            return false;

        _number++;
        _likelyLength = 0;
        ReadOnlySpan<byte> bytes = Window.Unread[..(int)reader.BytesConsumed];
        long position = Window.Position;
        Consume(ref reader);
        RequireStructure(record);
        _layouts.Add(bytes, position, record);
        return true;
    }

    /// <summary>Passes over the element of the list that is malformed.</summary>
    /// <returns>What to throw; that of the whole fixture if the element's end cannot be found.</returns>
    private FixtureException Skipping(FixtureException malformed)
    {
        while (true)
        {
            var reader = new Utf8JsonReader(Window.Unread, Window.IsFinal, _state);
            try
            {
                if (reader.Read() && reader.TrySkip())
                {
                    _number++;
                    Consume(ref reader);
                    return new RecordException(malformed);
                }
            }
            catch (JsonException)
            {
                return malformed;
            }
            Fill();
        }
    }

    /// <summary>Reads one token. White space without end in front of it takes no memory.</summary>
    private bool TryReadToken(ref Utf8JsonReader reader)
    {
        if (reader.Read())
            return true;
        Consume(ref reader);
        return false;
    }

    /// <summary>Where an error stands. The parser counts from where it began, without the records that it has not seen.</summary>
    private long PositionOf(JsonException exception)
    {
        (long line, long byteInLine) = CountOf(_state);
        return Window.PositionAfter((exception.LineNumber ?? 0) - line, (exception.BytePositionInLine ?? 0) - (exception.LineNumber == line ? byteInLine : 0));
    }

    /// <summary>Where a parser believes to stand: it tells only in an error, and a control character always is one.</summary>
    private static (long Line, long ByteInLine) CountOf(JsonReaderState state)
    {
        try
        {
            new Utf8JsonReader("\u0001"u8, isFinalBlock: true, state).Read();
            return (0, 0);
        }
        catch (JsonException exception)
        {
            return (exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0);
        }
    }

    private void Consume(ref Utf8JsonReader reader)
    {
        Window.Advance((int)reader.BytesConsumed);
        _state = reader.CurrentState;
    }
}
