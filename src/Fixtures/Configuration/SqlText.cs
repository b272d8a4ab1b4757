namespace Fixtures.Configuration;

/// <summary>What has to be known of SQL to name the place of a statement.</summary>
internal static class SqlText
{
    /// <summary>The offset of the next token: behind white space and comments as SQLite knows them (https://sqlite.org/lang_comment.html).</summary>
    public static int SkipBlank(ReadOnlySpan<byte> sql, int offset)
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = sql[offset..];
            int length = rest switch
            {
                [(byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r', ..] => 1,
                [(byte)'-', (byte)'-', ..] => rest.IndexOf((byte)'\n') is var end and >= 0 ? end + 1 : rest.Length,
                [(byte)'/', (byte)'*', ..] => rest[2..].IndexOf("*/"u8) is var end and >= 0 ? end + 4 : rest.Length,
                _ => 0,
            };
            if (length == 0)
                return offset;
            offset += length;
        }
    }
}
