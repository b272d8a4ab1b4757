using System.Xml;

namespace Fixtures.Formats;

/// <summary>Where the XML parser stands in a fixture of which it was not given all: it counts lines and columns as if what was left out were not there.</summary>
internal sealed class XmlPlaces(IXmlLineInfo parser)
{
    // Where the parser believes that to be what was left out last, and how far behind it what follows stands.
    private long _seamLine;
    private long _seamColumn;
    private long _lines;
    private long _columns;

    /// <summary>The place that the parser gives for the current node: of an element its name, behind the bracket.</summary>
    public (long Line, long Column) Here => Of(parser.LineNumber, parser.LinePosition);

    /// <summary>Takes the parser at its current node, some characters on, for being at another place.</summary>
    public void Move(int characters, (long Line, long Column) place)
    {
        _seamLine = parser.LineNumber;
        _seamColumn = parser.LinePosition + characters;
        _lines = place.Line - _seamLine;
        _columns = place.Column - _seamColumn;
    }

    /// <summary>Turns a place that the parser gives into the place in the fixture. Of what stands before the seam, it gives only what was before all seams.</summary>
    public (long Line, long Column) Of(long line, long column)
    {
        if (line < _seamLine || (line == _seamLine && column < _seamColumn))
            return (line, column);
        return (line + _lines, line == _seamLine ? column + _columns : column);
    }
}
