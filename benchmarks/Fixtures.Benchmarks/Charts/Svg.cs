using System.Globalization;
using System.Security;
using System.Text;

namespace Fixtures.Benchmarks.Charts;

/// <summary>A picture in SVG. Readable on light and dark pages: it brings its own background.</summary>
internal sealed class Svg
{
    public const string Ours = "#1f6feb";
    public const string Others = "#8b949e";
    public const string Ink = "#24292f";
    public const string Faint = "#d0d7de";

    private readonly StringBuilder _text = new();

    public Svg(int width, int height)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"system-ui, sans-serif\" font-size=\"13\">");
        Rectangle(0, 0, width, height, "#ffffff");
    }

    public void Rectangle(double x, double y, double width, double height, string color) =>
        Add($"<rect x=\"{x:F1}\" y=\"{y:F1}\" width=\"{width:F1}\" height=\"{height:F1}\" fill=\"{color}\"/>");

    public void Segment(double x1, double y1, double x2, double y2, string color) =>
        Add($"<line x1=\"{x1:F1}\" y1=\"{y1:F1}\" x2=\"{x2:F1}\" y2=\"{y2:F1}\" stroke=\"{color}\"/>");

    public void Polyline(IEnumerable<(double X, double Y)> points, string color) =>
        Add($"<polyline points=\"{string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:F1},{point.Y:F1}")))}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2.5\"/>");

    /// <param name="x">Where the text begins, ends or has its middle.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor">start, middle or end.</param>
    /// <param name="color">Its color.</param>
    public void Text(double x, double y, string text, string anchor = "start", string color = Ink) =>
        Add($"<text x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\" fill=\"{color}\">{SecurityElement.Escape(text)}</text>");

    public override string ToString() => $"{_text}</svg>\n";

    private void Add(FormattableString element) => _text.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
