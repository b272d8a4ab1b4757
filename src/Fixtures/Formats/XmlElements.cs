using System.Xml;

namespace Fixtures.Formats;

/// <summary>The elements of a fixture: what they and their attributes are called, how deep they may stand, and where the parser is in them.</summary>
internal sealed class XmlElements(XmlReader xml, NameTable names, XmlPlaces places, Func<string, long, long, FixtureException> refuse)
{
    /// <summary>As deep as in the other formats. The parser itself has no limit.</summary>
    private const int MaxDepth = 64;

    public string Object { get; } = names.Add("object");

    public string Field { get; } = names.Add("field");

    public string Natural { get; } = names.Add("natural");

    public string None { get; } = names.Add("None");

    public string Name { get; } = names.Add("name");

    public string Relation { get; } = names.Add("rel");

    public string Type { get; } = names.Add("type");

    /// <summary>Whether the parser stands at the start of an element.</summary>
    public bool IsStart
    {
        get
        {
            if (xml.NodeType != XmlNodeType.Element)
                return false;
            if (xml.Depth >= MaxDepth)
                throw Wrong($"Elements are nested deeper than {MaxDepth} levels.");
            return true;
        }
    }

    /// <summary>Where the current element begins.</summary>
    public long Position
    {
        get
        {
            (long line, long column) = places.Here;
            return TextPosition.Pack(line, column - 1);
        }
    }

    /// <summary>Whether the current element or attribute has one of the names above. The parser's names come from the same table: one string each.</summary>
    public bool Is(string name) => ReferenceEquals(xml.Name, name);

    public FixtureException Wrong(string message)
    {
        (long line, long column) = places.Here;
        return refuse(message, line, column - 1);
    }
}
