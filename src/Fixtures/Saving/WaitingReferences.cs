using System.Text;
using Fixtures.Formats;
using Fixtures.Mapping;

namespace Fixtures.Saving;

/// <summary>One natural key, or many-to-many list of them, that waits for the end of the load.</summary>
/// <param name="Model">The model of the row that refers.</param>
/// <param name="Field">Its field: a <see cref="ColumnField"/> or a <see cref="ManyToManyField"/>.</param>
/// <param name="Key">The row's primary key; for a many-to-many list the one value that its join table holds.</param>
/// <param name="Node">The natural key, or the list.</param>
/// <param name="Error">Where it stands, for the message if it is never found.</param>
internal readonly record struct WaitingReference(ModelMap Model, FieldTarget Field, SqlValue[] Key, int Node, FixtureError Error);

/// <summary>
/// The references that no row fulfils yet, in the order in which they came. Written once and read once: bytes in memory, and in a temporary file
/// past some megabytes, so that a load of any size stays small.
/// </summary>
internal sealed class WaitingReferences : IDisposable
{
    private const int LargestInMemory = 4 << 20;

    private readonly Dictionary<(ModelMap, FieldTarget), int> _targetNumbers = [];
    private readonly List<(ModelMap Model, FieldTarget Field)> _targets = [];
    private readonly Dictionary<string, int> _fileNumbers = new(StringComparer.Ordinal);
    private readonly List<string> _files = [];
    private Stream _stream = new MemoryStream();
    private BinaryWriter? _writer;

    public int Count { get; private set; }

    /// <param name="record">The record that refers; the value is copied from it.</param>
    /// <param name="reference">What waits.</param>
    public void Add(Record record, WaitingReference reference)
    {
        _writer ??= new BinaryWriter(_stream, Encoding.UTF8, leaveOpen: true);
        _writer.Write(Number(_targetNumbers, _targets, (reference.Model, reference.Field)));
        _writer.Write(reference.Key.Length);
        foreach (SqlValue value in reference.Key)
            Write(record, value);

        int end = record[reference.Node].End;
        _writer.Write(end - reference.Node);
        for (int node = reference.Node; node < end; node++)
        {
            _writer.Write((byte)record[node].Kind);
            _writer.Write(record[node].End - reference.Node);
            _writer.Write(record[node].Length);
            _writer.Write(record.Value(node));
        }

        _writer.Write(Number(_fileNumbers, _files, reference.Error.File ?? ""));
        _writer.Write(reference.Error.Line ?? 0);
        _writer.Write(reference.Error.Column ?? 0);
        _writer.Write(reference.Error.Record ?? 0);
        _writer.Write(reference.Error.Model ?? "");
        _writer.Write(reference.Error.Key is not null);
        _writer.Write(reference.Error.Key ?? "");
        Count++;
        if (_stream is MemoryStream && _stream.Length > LargestInMemory)
            Spill();
    }

    /// <summary>Reads everything back, in order.</summary>
    /// <param name="record">Holds each reference's bytes until the next one.</param>
    public IEnumerable<WaitingReference> ReadAll(Record record)
    {
        _writer?.Flush();
        _stream.Position = 0;
        using var reader = new BinaryReader(_stream, Encoding.UTF8, leaveOpen: true);
        for (int i = 0; i < Count; i++)
        {
            record.Clear();
            (ModelMap model, FieldTarget field) = _targets[reader.ReadInt32()];
            var key = new SqlValue[reader.ReadInt32()];
            for (int part = 0; part < key.Length; part++)
                key[part] = ReadValue(reader, record);

            int count = reader.ReadInt32();
            for (int node = 0; node < count; node++)
            {
                var kind = (ValueKind)reader.ReadByte();
                int end = reader.ReadInt32();
                record.AddScalar(kind, reader.ReadBytes(reader.ReadInt32()), 0);
                record.Close(node, end);
            }

            var error = new FixtureError("") { File = _files[reader.ReadInt32()], Field = field.Field };
            long line = reader.ReadInt64();
            long column = reader.ReadInt64();
            int number = reader.ReadInt32();
            string modelName = reader.ReadString();
            bool hasKey = reader.ReadBoolean();
            string keyText = reader.ReadString();
            error = error with { Line = line == 0 ? null : line, Column = column == 0 ? null : column, Record = number, Model = modelName, Key = hasKey ? keyText : null };
            yield return new WaitingReference(model, field, key, 0, error);
        }
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _stream.Dispose();
    }

    private void Spill()
    {
        _writer!.Dispose();
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose });
        _stream.Position = 0;
        _stream.CopyTo(file);
        _stream.Dispose();
        _stream = file;
        _writer = new BinaryWriter(_stream, Encoding.UTF8, leaveOpen: true);
    }

    private void Write(Record record, SqlValue value)
    {
        _writer!.Write((byte)value.Type);
        if (value.Type is SqlType.Text or SqlType.Blob)
        {
            _writer.Write(value.Length);
            _writer.Write(record.Bytes(value.Start, value.Length));
        }
        else if (value.Type is SqlType.Integer or SqlType.Real)
        {
            _writer.Write(value.Integer);
        }
    }

    private static SqlValue ReadValue(BinaryReader reader, Record record)
    {
        switch ((SqlType)reader.ReadByte())
        {
            case SqlType.Integer: return SqlValue.FromInteger(reader.ReadInt64());
            case SqlType.Real: return SqlValue.FromReal(reader.ReadDouble());
            case SqlType.Text:
                byte[] text = reader.ReadBytes(reader.ReadInt32());
                return SqlValue.FromText(record.Append(text), text.Length);
            case SqlType.Blob:
                byte[] blob = reader.ReadBytes(reader.ReadInt32());
                return SqlValue.FromBlob(record.Append(blob), blob.Length);
            default: return SqlValue.Null;
        }
    }

    private static int Number<T>(Dictionary<T, int> numbers, List<T> items, T item)
        where T : notnull
    {
        if (!numbers.TryGetValue(item, out int number))
        {
            number = items.Count;
            numbers.Add(item, number);
            items.Add(item);
        }
        return number;
    }
}
