namespace Fixtures.Extraction;

/// <summary>A caller's stream, which stays open whatever a reader does.</summary>
internal sealed class KeptOpenStream(Stream stream) : ForwardStream
{
    public override int Read(Span<byte> buffer) => stream.Read(buffer);
}
