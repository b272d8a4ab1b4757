namespace Fixtures.Extraction;

/// <summary>
/// Feeds a <see cref="System.IO.Compression.GZipStream"/> so that one can tell where it stopped. By itself it takes the end of its
/// input for the end of the data, even inside a member, and passes over whatever follows the last member.
/// So the input never ends. After the file comes one byte that begins no member: a decoder that is between members stops there,
/// one that is inside a member takes it and asks for more. The zeros that end a file may belong to the last member (its length
/// ends in them) or follow it, so that they come one by one: a decoder that asks for the first of them has used all before it.
/// </summary>
internal sealed class GzipFeed(PackedInput input) : ForwardStream
{
    private const byte NoMember = 0xFF;

    // Zeros that were taken from the input and not yet given; those that end the file may be more than memory holds.
    private long _heldZeros;

    /// <summary>Whether the decoder has used all bytes but the zeros at the end.</summary>
    public bool TailWasReached { get; private set; }

    /// <summary>Whether the byte after the file was given.</summary>
    public bool EndWasGiven { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        ReadOnlySpan<byte> available = input.Peek();
        int byteCount = available.LastIndexOfAnyExcept((byte)0) + 1;
        while (byteCount == 0 && !available.IsEmpty)
        {
            _heldZeros += available.Length;
            input.Advance(available.Length);
            available = input.Peek();
            byteCount = available.LastIndexOfAnyExcept((byte)0) + 1;
        }
        if (available.IsEmpty)
            return ReadTail(buffer);

        if (_heldZeros > 0)
        {
            byteCount = (int)Math.Min(_heldZeros, buffer.Length);
            buffer[..byteCount].Clear();
            _heldZeros -= byteCount;
            return byteCount;
        }
        byteCount = Math.Min(byteCount, buffer.Length);
        available[..byteCount].CopyTo(buffer);
        input.Advance(byteCount);
        return byteCount;
    }

    private int ReadTail(Span<byte> buffer)
    {
        TailWasReached = true;
        if (_heldZeros > 0)
        {
            _heldZeros--;
            buffer[0] = 0;
            return 1;
        }
        if (EndWasGiven)
            throw PackedFileException.Truncated();
        EndWasGiven = true;
        buffer[0] = NoMember;
        return 1;
    }
}
