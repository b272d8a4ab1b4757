namespace Fixtures;

/// <summary>How far a load is. Reported every few thousand records and once at the end of each fixture.</summary>
/// <param name="File">The fixture that is being read.</param>
/// <param name="FileNumber">Its number among the call's fixtures, from 1.</param>
/// <param name="FileCount">How many fixtures the call loads.</param>
/// <param name="Objects">Records of the whole call saved so far.</param>
/// <param name="FileBytesRead">Bytes of this file read so far, packed.</param>
/// <param name="FileByteCount">The file's size in bytes, packed; null for standard input.</param>
public sealed record LoadProgress(FixtureFile File, int FileNumber, int FileCount, int Objects, long FileBytesRead, long? FileByteCount);
