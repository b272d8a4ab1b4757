namespace Fixtures.Tests.Extraction;

/// <summary>.lzma files of Python's lzma module: they end in a marker and do not state their size.</summary>
internal static class LzmaSamples
{
    public static readonly byte[] OfSmall = Convert.FromBase64String(
        "XQAAgAD//////////wA9iImnM6jnr4kSlvCMl9GinpB1rWwCx7FXtAUu3Bfb37JJCqmAB9BLQQqGITgvKJ80R//GGH1qcXZ69HJS6da7Tpb/Uo23RnQAYz//pNcAAA==");

    public static readonly byte[] OfNothing = Convert.FromBase64String(
        "XQAAgAD//////////wCD//v//8AAAAA=");

    public static readonly byte[] OfOneBrace = Convert.FromBase64String(
        "XQAAgAD//////////wA9wfv////gAAAA");
}
