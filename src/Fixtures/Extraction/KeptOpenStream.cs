namespace Fixtures.Extraction;

/// <summary>A caller's stream, which stays open whatever a reader does.</summary>
/// <param name="stream">The stream.</param>
/// <param name="path">What messages call it.</param>
internal sealed class KeptOpenStream(Stream stream, string path) : ForwardStream
{
    public override int Read(Span<byte> buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FixtureException(FixtureStage.Decode, new FixtureError($"The input cannot be read: {exception.Message}") { File = path }, exception);
        }
    }
}
