using System.Buffers;
using System.Text;

namespace Fixtures.Formats;

/// <summary>
/// The one record that a reader fills again and again: UTF-8 bytes in an arena, and nodes in document order that slice it.
/// Readers write it, Mapping reads it; converted values are appended to the same arena, so that a row is nothing but slices.
/// The bytes of records whose rows wait are kept in front of it, where a statement can bind them.
/// </summary>
internal sealed class Record
{
    /// <summary>How many bytes of records are kept at most.</summary>
    public const int MostKept = 128 * 1024;

    // Three bytes for each cost nothing where they are few. Where they are many, there may be no array for them, and more than an int counts.
    private const int CharactersToCount = 1 << 20;

    // Kept bytes, then those of this record from _start on. Slices count from there.
    private byte[] _bytes = new byte[4096];
    private int _kept;
    private int _start;
    private int _end;

    // Small fixtures never keep that much. What does is borrowed: new arrays of this size are collected with the oldest generation only.
    private byte[]? _borrowed;

    private RecordNode[] _nodes = new RecordNode[64];
    private int _nodeCount;

    // Whose nodes stand in the array: those of the record before, nearly always.
    private RecordTemplate? _standing;

    /// <summary>The reader that gave the record; it knows the file and turns positions into lines.</summary>
    public FixtureReader? Source { get; private set; }

    /// <summary>The record's number in its file, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Where the record begins.</summary>
    public long Position { get; private set; }

    /// <summary>The node of the model's name (Text), or -1.</summary>
    public int Model { get; set; }

    /// <summary>The node of the primary key (a scalar, Null or List), or -1 where it is absent.</summary>
    public int Key { get; set; }

    /// <summary>The node of the fields (Map), or -1. A name may occur twice in it; the last one counts.</summary>
    public int Fields { get; set; }

    /// <summary>The names of the record's own members, and where they stand, if they are asked for. Of XML, those of elements that are passed over.</summary>
    public List<(string Name, long Position)>? Members { get; init; }

    /// <summary>Where the names of members of maps stand, by the node of their value, if that is asked for. Those of XML stand where their values do.</summary>
    public Dictionary<int, long>? NamePositions { get; init; }

    /// <summary>What the record repeats of one before, or null: records with the same template have the same fields in the same order.</summary>
    public RecordTemplate? Template { get; private set; }

    /// <summary>How many nodes were written so far.</summary>
    public int NodeCount => _nodeCount;

    /// <summary>Nodes are in document order.</summary>
    public ref readonly RecordNode this[int node] => ref _nodes[node];

    /// <summary>Forgets the last record and begins the next one. Called by readers.</summary>
    public void Begin(FixtureReader source, int number, long position)
    {
        Source = source;
        Number = number;
        Position = position;
        Clear();
    }

    /// <summary>Forgets all values: a record that is used as nothing but their arena.</summary>
    public void Clear()
    {
        Model = Key = Fields = -1;
        Members?.Clear();
        NamePositions?.Clear();
        Template = null;
        _start = _end = _kept;
        _nodeCount = 0;
    }

    /// <summary>Keeps the record's bytes where they are, until <see cref="Release"/>.</summary>
    /// <param name="start">Where they begin in <see cref="Kept"/>.</param>
    /// <returns>False if they are too many.</returns>
    public bool TryKeep(out int start)
    {
        start = _kept == 0 ? 0 : _start;
        int length = _end - _start;
        if (start + length > MostKept)
            return false;
        if (_bytes.Length < MostKept)
            Move(_borrowed = ArrayPool<byte>.Shared.Rent(MostKept), start);
        else if (start != _start)
            Move(_bytes, start);
        _kept = _end;
        return true;
    }

    /// <summary>The bytes that are kept. Void after the next one is added.</summary>
    public ReadOnlySpan<byte> Kept => _bytes.AsSpan(0, _kept);

    /// <summary>Forgets what is kept, but for this record itself until the next one begins.</summary>
    public void Release() => _kept = 0;

    /// <summary>Gives away what is kept, and goes on in other bytes. A record that is kept is gone then; one that is not goes along.</summary>
    /// <param name="bytes">Bytes to go on in, <see cref="MostKept"/> at least and borrowed as the record's own are; afterwards, those that are kept.</param>
    public void GiveKept(ref byte[] bytes)
    {
        if (_bytes == _borrowed)
        {
            Span<byte> notKept = _bytes.AsSpan(_kept.._end);
            notKept.CopyTo(bytes);
            _start = 0;
            _end = notKept.Length;
            (_bytes, bytes) = (bytes, _bytes);
            _borrowed = _bytes;
        }
        else
        {
            Kept.CopyTo(bytes);
        }
        Release();
    }

    /// <summary>Gives back what it has borrowed. It is as new then.</summary>
    public void GiveBack()
    {
        if (_borrowed is not null)
            ArrayPool<byte>.Shared.Return(_borrowed);
        _borrowed = null;
        _bytes = [];
        _kept = 0;
        Clear();
    }

    /// <summary>Adds a node that is complete but for its bytes (scalars) or its <see cref="RecordNode.End"/> (lists and maps).</summary>
    /// <returns>The node's index.</returns>
    public int Add(ValueKind kind, long position, int nameStart = 0, int nameLength = 0)
    {
        if (_nodeCount == _nodes.Length)
            Array.Resize(ref _nodes, _nodes.Length * 2);
        _standing = null;
        ref RecordNode node = ref _nodes[_nodeCount];
        node.NameStart = nameStart;
        node.NameLength = nameLength;
        node.Start = _end - _start;
        node.Length = 0;
        node.End = _nodeCount + 1;
        node.Kind = kind;
        node.Position = position;
        return _nodeCount++;
    }

    /// <summary>Adds a scalar with its bytes.</summary>
    public int AddScalar(ValueKind kind, ReadOnlySpan<byte> utf8, long position, int nameStart = 0, int nameLength = 0) =>
        AddSlice(kind, Append(utf8), utf8.Length, position, nameStart, nameLength);

    /// <summary>Adds a scalar whose bytes are in the arena already.</summary>
    public int AddSlice(ValueKind kind, int start, int length, long position, int nameStart = 0, int nameLength = 0)
    {
        int node = Add(kind, position, nameStart, nameLength);
        _nodes[node].Start = start;
        _nodes[node].Length = length;
        return node;
    }

    /// <summary>Fills a record that has just begun with the nodes of a template. Its scalars are to be <see cref="Set"/>.</summary>
    public void Repeat(RecordTemplate template)
    {
        if (_standing != template)
        {
            if (_nodes.Length < template.Nodes.Length)
                _nodes = new RecordNode[template.Nodes.Length * 2];
            template.Nodes.CopyTo(_nodes, 0);
            _standing = template;
        }
        _nodeCount = template.Nodes.Length;
        Model = template.Model;
        Key = template.Key;
        Fields = template.Fields;
        Template = template;
    }

    /// <summary>Makes a node a scalar with these bytes.</summary>
    public void Set(int node, ValueKind kind, ReadOnlySpan<byte> utf8, long position) => SetSlice(node, kind, Append(utf8), utf8.Length, position);

    /// <summary>Makes a node a scalar whose bytes are in the arena already.</summary>
    public void SetSlice(int node, ValueKind kind, int start, int length, long position)
    {
        ref RecordNode scalar = ref _nodes[node];
        scalar.Kind = kind;
        scalar.Start = start;
        scalar.Length = length;
        scalar.Position = position;
    }

    /// <summary>Sets where a node stands.</summary>
    public void Place(int node, long position) => _nodes[node].Position = position;

    /// <summary>Ends a list or map: everything added since belongs to it.</summary>
    public void Close(int node) => Close(node, _nodeCount);

    /// <summary>Ends a list or map at a node that may still be to come.</summary>
    public void Close(int node, int end) => _nodes[node].End = end;

    /// <summary>Copies bytes to the end of the arena.</summary>
    /// <returns>Where they start.</returns>
    public int Append(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        return Commit(utf8.Length);
    }

    /// <summary>Encodes characters to the end of the arena.</summary>
    /// <returns>Where they start and how many bytes they take.</returns>
    public (int Start, int Length) Append(ReadOnlySpan<char> characters)
    {
        int length = Encoding.UTF8.GetBytes(characters, Reserve(characters));
        return (Commit(length), length);
    }

    /// <summary>Room for characters at the end of the arena, as <see cref="Reserve(int)"/> gives it.</summary>
    public Span<byte> Reserve(ReadOnlySpan<char> characters)
    {
        const int most = 3;
        if (characters.Length < CharactersToCount)
            return Reserve(characters.Length * most);
        ReadOnlySpan<char> half = characters[..(characters.Length / 2)];
        return Reserve((int)Math.Min(int.MaxValue, (long)Encoding.UTF8.GetByteCount(half) + Encoding.UTF8.GetByteCount(characters[half.Length..])));
    }

    /// <summary>Room of at least <paramref name="byteCount"/> bytes at the end of the arena, to be taken by <see cref="Commit"/>. Spans got before are void.</summary>
    public Span<byte> Reserve(int byteCount)
    {
        if (Array.MaxLength - _end < byteCount)
            throw new InsufficientMemoryException();
        if (_bytes.Length - _end < byteCount)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(_bytes.Length * 2L, (long)_end + byteCount)));
        return _bytes.AsSpan(_end);
    }

    /// <summary>Keeps the first bytes of what <see cref="Reserve(int)"/> gave.</summary>
    /// <returns>Where they start.</returns>
    public int Commit(int byteCount)
    {
        int start = _end - _start;
        _end += byteCount;
        return start;
    }

    /// <summary>The bytes that values slice. Void after the next byte is added.</summary>
    public ReadOnlySpan<byte> Arena => _bytes.AsSpan(_start, _end - _start);

    public ReadOnlySpan<byte> Bytes(int start, int length) => _bytes.AsSpan(_start + start, length);

    /// <summary>A scalar's UTF-8.</summary>
    public ReadOnlySpan<byte> Value(int node) => Bytes(_nodes[node].Start, _nodes[node].Length);

    /// <summary>A member's name.</summary>
    public ReadOnlySpan<byte> Name(int node)
    {
        ref readonly RecordNode member = ref _nodes[node];
        return Template is null ? Bytes(member.NameStart, member.NameLength) : Template.Names.AsSpan(member.NameStart, member.NameLength);
    }

    private void Move(byte[] target, int start)
    {
        Arena.CopyTo(target.AsSpan(start));
        _bytes = target;
        _end += start - _start;
        _start = start;
    }
}
