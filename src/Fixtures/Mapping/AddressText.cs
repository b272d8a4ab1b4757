using System.Net;
using System.Net.Sockets;
using System.Text;
using Fixtures.Formats;

namespace Fixtures.Mapping;

/// <summary>IP addresses in UTF-8.</summary>
internal static class AddressText
{
    private const int LongestText = 64;

    /// <summary>Stores an address in its canonical form (RFC 5952), so that two ways to write it are equal; nothing but white space is NULL.</summary>
    /// <returns>False if the text is no address.</returns>
    public static bool TryConvert(Record record, int node, out SqlValue value)
    {
        value = SqlValue.Null;
        if (!ValueConverter.IsScalarText(record[node].Kind) || record[node].Length > LongestText)
            return false;

        ReadOnlySpan<byte> text = record.Value(node).Trim(" \t\r\n"u8);
        if (text.IsEmpty)
            return true;
        Span<char> characters = stackalloc char[LongestText];
        characters = characters[..Encoding.UTF8.GetChars(text, characters)];
        // Four numbers, no fewer: 10.1 is an address to the parser, and a text to everyone else.
        if (!IPAddress.TryParse(characters, out IPAddress? address) || (address.AddressFamily == AddressFamily.InterNetwork && characters.Count('.') != 3))
            return false;

        address.TryFormat(record.Reserve(LongestText), out int written);
        value = SqlValue.FromText(record.Commit(written), written);
        return true;
    }
}
