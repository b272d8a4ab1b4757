namespace Fixtures.Extraction;

/// <summary>Unpacks one file. Its decoder is made by the first <see cref="Read"/>, so that all its errors arise in one place.</summary>
internal abstract class Unpacker : IDisposable
{
    /// <summary>Gives the next plain bytes.</summary>
    /// <param name="buffer">Not empty.</param>
    /// <returns>How many; 0 only after the whole file has been read and found to be sound.</returns>
    /// <exception cref="PackedFileException">The file is not sound.</exception>
    public abstract int Read(Span<byte> buffer);

    public abstract void Dispose();
}
