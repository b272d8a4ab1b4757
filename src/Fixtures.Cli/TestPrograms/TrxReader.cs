using System.Globalization;
using System.Text;
using System.Xml;

namespace Fixtures.Cli.TestPrograms;

/// <summary>Reads a TRX file, which is what all of the runners can write. Of the tests that passed nothing is kept.</summary>
internal sealed class TrxReader
{
    private const int MostChars = 4000;

    private readonly XmlReader _xml;
    private readonly List<(string Id, FailedTest Test)> _failed = [];
    private readonly Dictionary<string, string> _classesOfFailed = [];
    private TestResults _results = new();

    private TrxReader(XmlReader xml) => _xml = xml;

    /// <summary>Reads a file.</summary>
    /// <exception cref="XmlException">It is not whole.</exception>
    public static TestResults Read(string path)
    {
        // Messages may hold characters that XML does not allow, and not every runner replaces them.
        using var xml = XmlReader.Create(path, new XmlReaderSettings { CheckCharacters = false, IgnoreComments = true });
        return new TrxReader(xml).Read();
    }

    private TestResults Read()
    {
        while (_xml.Read())
        {
            switch (Element())
            {
                case "UnitTestResult":
                    ReadResult();
                    break;
                case "UnitTest" when _classesOfFailed.ContainsKey(Attribute("id")):
                    ReadDefinition(Attribute("id"));
                    break;
                case "Counters" when int.TryParse(Attribute("error"), NumberStyles.None, CultureInfo.InvariantCulture, out int errors):
                    _results = _results with { ErrorsOutside = Math.Max(0, errors - _results.Errors) };
                    break;
                case "RunInfo" when Attribute("outcome") == "Error" && _results.RunError is null:
                    _results = _results with { RunError = ReadText() };
                    break;
                default:
                    break;
            }
        }
        return _results with { Failed = [.. _failed.Select(failed => WithClass(failed.Test, _classesOfFailed[failed.Id]))] };
    }

    private void ReadResult()
    {
        string id = Attribute("testId");
        string name = Attribute("testName");
        string outcome = Attribute("outcome");
        string message = "";
        string stack = "";
        bool hasRows = false;
        int depth = _xml.Depth;
        if (!_xml.IsEmptyElement)
        {
            while (_xml.Read() && _xml.Depth > depth)
            {
                switch (Element())
                {
                    case "UnitTestResult":
                        hasRows = true;
                        ReadResult();
                        break;
                    case "ErrorInfo":
                        (message, stack) = ReadErrorInfo();
                        break;
                    default:
                        break;
                }
            }
        }

        // A test with rows of data is counted by its rows.
        if (!hasRows)
            Count(outcome, id, new FailedTest(name, message, StackText.Shorten(stack)));
    }

    private (string Message, string Stack) ReadErrorInfo()
    {
        string message = "";
        string stack = "";
        int depth = _xml.Depth;
        if (_xml.IsEmptyElement)
            return (message, stack);
        while (_xml.Read() && _xml.Depth > depth)
        {
            switch (Element())
            {
                case "Message":
                    message = ReadText();
                    break;
                case "StackTrace":
                    stack = ReadText();
                    break;
                default:
                    break;
            }
        }
        return (message, stack);
    }

    private void Count(string outcome, string id, FailedTest test)
    {
        switch (outcome)
        {
            case "Passed" or "Warning" or "Completed":
                _results = _results with { Passed = _results.Passed + 1 };
                return;
            case "NotExecuted" or "Inconclusive" or "Pending":
                _results = _results with { Skipped = _results.Skipped + 1 };
                return;
            case "Failed":
                _results = _results with { Failures = _results.Failures + 1 };
                break;
            default:
                _results = _results with { Errors = _results.Errors + 1 };
                break;
        }
        _failed.Add((id, test));
        _classesOfFailed[id] = "";
    }

    private void ReadDefinition(string id)
    {
        if (_xml.ReadToDescendant("TestMethod"))
            _classesOfFailed[id] = Attribute("className");
    }

    // Some runners leave out the class.
    private static FailedTest WithClass(FailedTest test, string type) =>
        type.Length == 0 || test.Name.StartsWith(type + ".", StringComparison.Ordinal) ? test : test with { Name = $"{type}.{test.Name}" };

    // The name of the element that begins here, if one does.
    private string? Element() => _xml.NodeType == XmlNodeType.Element ? _xml.LocalName : null;

    private string Attribute(string name) => _xml.GetAttribute(name) ?? "";

    // The reader stays on the element's end, or on an element without content.
    private string ReadText()
    {
        var text = new StringBuilder();
        int depth = _xml.Depth;
        if (_xml.IsEmptyElement)
            return "";
        while (_xml.Read() && _xml.Depth > depth)
        {
            if (text.Length <= MostChars)
                text.Append(_xml.Value);
        }
        string whole = text.ToString().Trim();
        return whole.Length > MostChars ? whole[..MostChars] + "..." : whole;
    }
}
