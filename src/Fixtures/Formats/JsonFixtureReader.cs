using System.Text.Json;

namespace Fixtures.Formats;

/// <summary>
/// Reads records from UTF-8 JSON: an array of <c>{"model", "pk", "fields"}</c>. Lazy; one record in memory.
/// A byte order mark is passed over. Nesting is bounded at 64 levels.
/// </summary>
internal sealed class JsonFixtureReader(Stream stream, string path) : JsonWindowReader(stream, path)
{
    private JsonReaderState _state;
    private bool _started;
    private bool _ended;
    private int _number;

    public override bool Read(Record record)
    {
        // A record that is cut by the window's end is read again from its start once there is more: one in a few hundred.
        while (true)
        {
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
                throw Malformed(exception, Window.PositionOf(exception.LineNumber ?? 0, exception.BytePositionInLine ?? 0));
            }
            catch (InvalidOperationException exception)
            {
                throw NotText(exception, Window.Position + reader.TokenStartIndex);
            }
            Window.Fill();
        }
    }

    private bool TryReadStart(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType != JsonTokenType.StartArray)
            throw NotRecord(reader.TokenType, Window.Position + reader.TokenStartIndex, "A fixture in JSON is a list of records");
        _started = true;
        Consume(ref reader);
        return true;
    }

    private bool TryReadRecord(ref Utf8JsonReader reader, Record record)
    {
        if (!reader.Read())
            return false;
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            _ended = true;
            Consume(ref reader);
            return false;
        }
        if (reader.TokenType != JsonTokenType.StartObject)
            throw NotRecord(reader.TokenType, Window.Position + reader.TokenStartIndex, "A record is an object with 'model', 'pk' and 'fields'");

        record.Begin(this, _number + 1, Window.Position + reader.TokenStartIndex);
        if (!JsonRecord.TryRead(ref reader, record, Window.Position, Window.IsValid))
            return false;

        RequireStructure(record);
        _number++;
        Consume(ref reader);
        return true;
    }

    private void Consume(ref Utf8JsonReader reader)
    {
        Window.Advance((int)reader.BytesConsumed);
        _state = reader.CurrentState;
    }
}
