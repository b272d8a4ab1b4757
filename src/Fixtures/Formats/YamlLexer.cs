using System.Buffers;

namespace Fixtures.Formats;

/// <summary>
/// Follows a YAML text just far enough to know which lines continue a double-quoted scalar, and how deep these have to stand. It takes every text;
/// where one is no YAML, the parser says so.
/// </summary>
internal sealed class YamlLexer
{
    private static readonly SearchValues<char> EndOfPlain = SearchValues.Create(":#\n,[]{}");
    private static readonly SearchValues<char> EndOfDouble = SearchValues.Create("\"\\\n");

    private State _state;
    private char _previous = '\n';

    /// <summary>The current column, from 0, and whether nothing but white space stands before it.</summary>
    private int _column;
    private bool _atLineStart = true;

    /// <summary>How many flow collections are open.</summary>
    private int _flow;

    /// <summary>The column of the innermost block collection: what belongs to one of its values stands deeper.</summary>
    private int _parent = -1;

    /// <summary>The column of the token that a ':' would make a key, or -1 before it.</summary>
    private int _token = -1;

    /// <summary>Whether a ':' stands before the current token on its line, so that it is no key.</summary>
    private bool _isValue;

    /// <summary>The indentation of the current block scalar, or -1 before its first line.</summary>
    private int _block;

    private enum State
    {
        /// <summary>A token may begin.</summary>
        Start,

        /// <summary>After '-', '?' or ':' that white space would make an indicator.</summary>
        Indicator,
        Plain,

        /// <summary>After a ':' in a plain scalar.</summary>
        PlainColon,

        /// <summary>In an anchor or a tag.</summary>
        Property,
        Single,
        Double,
        DoubleEscape,

        /// <summary>After a quoted scalar or a flow collection.</summary>
        After,
        Comment,
        BlockHeader,
        Block,
    }

    /// <summary>Passes some characters, at least one.</summary>
    /// <param name="text">What follows in the stream; not empty.</param>
    /// <param name="missingIndentation">How many spaces are missing behind the passed characters, which end before the first one of such a line.</param>
    /// <returns>How many characters were passed; none only where spaces are missing.</returns>
    public int Pass(ReadOnlySpan<char> text, out int missingIndentation)
    {
        missingIndentation = 0;
        int passed = PassPlainLine(text);
        if (passed > 0)
            return passed;
        passed = PassRun(text);
        if (passed > 0)
        {
            _column += passed;
            _previous = text[passed - 1];
            return passed;
        }
        char character = text[0];
        if (_atLineStart && character is not (' ' or '\t' or '\r' or '\n'))
        {
            _atLineStart = false;
            if (_state == State.Double && _column <= _parent)
            {
                missingIndentation = _parent + 1 - _column;
                return 0;
            }
            BeginLine();
        }
        Step(character);
        _previous = character;
        _column++;
        if (character == '\n')
        {
            _column = 0;
            _atLineStart = true;
        }
        return 1;
    }

    /// <summary>
    /// Passes a whole line such as <c>title: Text</c>, <c>title: "Text"</c> or <c>fields:</c>. Most lines are; character by character they would
    /// cost a tenth of what the parser takes for them.
    /// </summary>
    private int PassPlainLine(ReadOnlySpan<char> text)
    {
        if (_column > 0 || _flow > 0 || _state is not (State.Start or State.Plain))
            return 0;
        int end = text.IndexOf('\n');
        int key = text.IndexOfAnyExcept(' ');
        if (key < 0 || key >= end || !char.IsAsciiLetter(text[key]) || (_state == State.Plain && key > _parent))
            return 0;
        int colon = text[key..end].IndexOf(':');
        if (colon < 0 || text.Slice(key, colon).Contains('#'))
            return 0;
        ReadOnlySpan<char> value = text[(key + colon + 1)..end];
        State state = State.Start;
        if (value.Length > 0)
        {
            if (value.Length == 1 || value[0] != ' ')
                return 0;
            char first = value[1];
            if (char.IsAsciiLetterOrDigit(first))
                state = State.Plain;
            else if (first is not ('"' or '\'') || value.Length < 3 || value[^1] != first || value[2..^1].IndexOfAny(first, '\\') >= 0)
                return 0;
        }
        _state = state;
        _parent = key;
        _token = -1;
        _isValue = true;
        _previous = '\n';
        _atLineStart = true;
        return end + 1;
    }

    /// <returns>How many characters at the start change nothing.</returns>
    private int PassRun(ReadOnlySpan<char> text)
    {
        int passed = _atLineStart ? text.IndexOfAnyExcept(' ') : _state switch
        {
            State.Plain => _isValue && _flow == 0 ? text.IndexOf('\n') : text.IndexOfAny(EndOfPlain),
            State.Double => text.IndexOfAny(EndOfDouble),
            State.Single => text.IndexOfAny('\'', '\n'),
            State.Comment or State.Block => text.IndexOf('\n'),
            _ => 0,
        };
        return passed < 0 ? text.Length : passed;
    }

    /// <summary>Says what the first character of a line belongs to.</summary>
    private void BeginLine()
    {
        bool ends = _state switch
        {
            State.Plain => _flow == 0 && _column <= _parent,
            State.Block => _column < (_block < 0 ? _parent + 1 : _block),
            _ => false,
        };
        if (ends)
            _state = State.Start;
        else if (_state == State.Block && _block < 0)
            _block = _column;
        if (_state == State.Start && _flow == 0)
        {
            _token = -1;
            _isValue = false;
        }
    }

    private void Step(char character)
    {
        bool isWhite = character is ' ' or '\t' or '\r' or '\n';
        switch (_state)
        {
            case State.Start:
                Begin(character, isWhite);
                break;
            case State.Indicator:
                if (isWhite)
                    Indicate(_previous == ':' && _token >= 0 ? _token : _column - 1, isValue: _previous == ':' && _token >= 0);
                else
                {
                    SetToken(_column - 1);
                    _state = State.Plain;
                    Step(character);
                }
                break;
            case State.PlainColon:
                _state = State.Plain;
                if (isWhite || (_flow > 0 && character is ',' or '[' or ']' or '{' or '}'))
                {
                    Indicate(_token, isValue: true);
                    Step(character);
                }
                else if (character == ':')
                    _state = State.PlainColon;
                break;
            case State.Plain when character == ':':
                _state = State.PlainColon;
                break;
            case State.Plain or State.After when character == '#' && _previous is ' ' or '\t' or '\n':
                _state = State.Comment;
                break;
            case State.Plain or State.After when _flow > 0 && character is ',' or '[' or ']' or '{' or '}':
                Begin(character, isWhite);
                break;
            case State.Property when isWhite:
                _state = State.Start;
                break;
            case State.Single when character == '\'':
            case State.Double when character == '"':
                _state = State.After;
                break;
            case State.Double when character == '\\':
                _state = State.DoubleEscape;
                break;
            case State.DoubleEscape:
                _state = State.Double;
                break;
            case State.After when character == '\'' && _previous == '\'':
                _state = State.Single;
                break;
            case State.After when character == ':':
                Indicate(_token, isValue: true);
                break;
            case State.After or State.Comment when character == '\n':
                _state = State.Start;
                break;
            case State.BlockHeader when character is >= '1' and <= '9' && _previous is '|' or '>' or '+' or '-':
                _block = Math.Max(_parent, 0) + character - '0';
                break;
            case State.BlockHeader when character == '\n':
                _state = State.Block;
                break;
            default:
                break;
        }
    }

    /// <summary>The character is an indicator: a collection stands at the column, and a value follows.</summary>
    private void Indicate(int column, bool isValue)
    {
        if (_flow == 0)
        {
            _parent = column;
            _token = -1;
            _isValue = isValue;
        }
        _state = State.Start;
    }

    private void Begin(char character, bool isWhite)
    {
        if (isWhite)
            return;
        if (character is '-' or '?' or ':')
        {
            _state = State.Indicator;
            return;
        }
        bool isComment = character == '#' && _previous is ' ' or '\t' or '\n';
        if (!isComment && character is not (',' or ']' or '}'))
            SetToken(_column);
        switch (character)
        {
            case '"':
                _state = State.Double;
                break;
            case '\'':
                _state = State.Single;
                break;
            case '[' or '{':
                _flow++;
                _state = State.Start;
                break;
            case ']' or '}':
                _flow = Math.Max(_flow - 1, 0);
                _state = State.After;
                break;
            case ',' when _flow > 0:
                _state = State.Start;
                break;
            case '&' or '!':
                _state = State.Property;
                break;
            case '|' or '>' when _flow == 0:
                _block = -1;
                _state = State.BlockHeader;
                break;
            case '%' when _column == 0:
                _state = State.Comment;
                break;
            default:
                _state = isComment ? State.Comment : State.Plain;
                break;
        }
    }

    /// <summary>Of an anchor, a tag and a scalar the first one says where a key stands; within a flow collection its bracket does.</summary>
    private void SetToken(int column)
    {
        if (_token < 0)
            _token = column;
    }
}
