using System.Runtime.InteropServices;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Fixtures.Formats;

/// <summary>
/// The events of a YAML stream with each alias replaced by the events of its anchor. What stands below an anchor is kept until the end of
/// the stream, as an alias may follow anywhere; all else is forgotten at once.
/// </summary>
internal sealed class YamlEvents(TextReader text, Func<string, Mark, Exception?, FixtureException> refuse)
{
    public const int MaxDepth = 64;

    /// <summary>Nine lists of nine aliases each make a billion nodes of a hundred bytes; no fixture that people write comes near this.</summary>
    private const int MaxAliasedEvents = 100_000;

    private readonly Parser _parser = new(text);
    private readonly Dictionary<string, Slice> _anchors = new(StringComparer.Ordinal);
    private readonly List<Kept> _log = [];
    private readonly Stack<(string Name, int Start, int Depth)> _open = new();
    private readonly Stack<Slice> _replays = new();
    private int _logDepth;
    private int _keptCount;
    private int _aliasedEvents;
    private bool _capturing;

    /// <summary>Where the parser stands in the text; within an alias, at the alias.</summary>
    public Mark Here => _parser.Current?.Start ?? Mark.Empty;

    /// <summary>Whether an alias may refer to something that was read.</summary>
    public bool HasAnchors => _anchors.Count > 0;

    /// <summary>Starts the count of aliased events anew.</summary>
    public void BeginRecord()
    {
        _aliasedEvents = 0;
        if (_open.Count == 0)
            CollectionsMarshal.SetCount(_log, _keptCount);
    }

    /// <summary>The next event; never an alias.</summary>
    public ParsingEvent Next()
    {
        while (true)
        {
            ParsingEvent next = Step(out Slice target);
            if (next is not AnchorAlias)
                return next;
            Replay(target);
        }
    }

    /// <summary>Passes over one node without looking into its aliases.</summary>
    public void Skip(int depth)
    {
        int inside = 0;
        do
        {
            ParsingEvent next = Step(out _);
            inside += next.NestingIncrease;
            if (inside < 0)
                throw MissingValue(next);
            CheckDepth(depth + inside, next.Start);
        }
        while (inside > 0);
    }

    /// <summary>What to throw where a value has to begin and something else stands: after some damage the parser gives the end of a mapping instead of an error.</summary>
    public FixtureException MissingValue(ParsingEvent found) => refuse("A value is missing here.", found.Start, null);

    /// <summary>Reads the value of a merge key: a mapping, or a list of mappings.</summary>
    /// <returns>What to <see cref="Replay"/> for each mapping, in the order in which it stands in the list.</returns>
    public List<Slice> ReadMergeSources(int depth)
    {
        Slice value = Capture(depth);
        ParsingEvent first = _log[value.Next].Event;
        if (first is not SequenceStart)
        {
            CheckMapping(first);
            return [value];
        }
        List<Slice> sources = [];
        for (int next = value.Next + 1; next < value.End - 1;)
        {
            Kept kept = _log[next];
            Slice source = kept.Event is AnchorAlias ? kept.Target : new Slice(next, EndOf(next));
            CheckMapping(_log[source.Next].Event);
            CountAliased(kept.Event.Start);
            sources.Add(source);
            next = kept.Event is AnchorAlias ? next + 1 : source.End;
        }
        return sources;
    }

    /// <summary>Makes kept events the next ones.</summary>
    public void Replay(Slice slice) => _replays.Push(slice);

    public void CheckDepth(int depth, Mark position)
    {
        if (depth > MaxDepth)
            throw refuse($"Lists and mappings are nested deeper than {MaxDepth} levels.", position, null);
    }

    private void CheckMapping(ParsingEvent source)
    {
        if (source is not MappingStart)
            throw refuse("The merge key '<<' takes a mapping or a list of mappings.", source.Start, null);
    }

    private ParsingEvent Step(out Slice target)
    {
        while (_replays.Count > 0)
        {
            Slice replay = _replays.Pop();
            if (replay.Next == replay.End)
                continue;
            Kept kept = _log[replay.Next];
            _replays.Push(replay with { Next = replay.Next + 1 });
            CountAliased(kept.Event.Start);
            target = kept.Target;
            return kept.Event;
        }
        return Parse(out target);
    }

    private void CountAliased(Mark position)
    {
        if (++_aliasedEvents > MaxAliasedEvents)
            throw refuse($"The aliases of one record expand to more than {MaxAliasedEvents} nodes. Write fewer aliases inside anchored values.", position, null);
    }

    private ParsingEvent Parse(out Slice target)
    {
        try
        {
            if (!_parser.MoveNext())
                throw refuse("The text ends inside a value.", Mark.Empty, null);
        }
        catch (YamlException exception)
        {
            throw refuse(exception.Message, exception.Start, exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // The parser's own slips, found by feeding it damaged fixtures: half a surrogate pair as an escape, an empty tag prefix, a ':' that begins nothing.
            throw refuse("The text after this place is not YAML. Put quotes around a value that begins with one of YAML's own characters.", Here, exception);
        }
        ParsingEvent current = _parser.Current!;
        target = current is AnchorAlias alias ? Find(alias) : default;
        if (_capturing || _open.Count > 0 || current is NodeEvent { Anchor.IsEmpty: false })
            Keep(new Kept(current, target));
        return current;
    }

    private void Keep(Kept kept)
    {
        if (kept.Event is NodeEvent { Anchor.IsEmpty: false } node)
        {
            string name = node.Anchor.Value;
            bool isScalar = node is Scalar;
            // The innermost anchor of a name is the one that aliases mean from here on, even while an outer one of that name is open.
            _anchors[name] = new Slice(_log.Count, isScalar ? _log.Count + 1 : -1);
            if (isScalar)
                _keptCount = _log.Count + 1;
            else
                _open.Push((name, _log.Count, _logDepth));
        }
        _log.Add(kept);
        _logDepth += kept.Event.NestingIncrease;
        if (kept.Event.NestingIncrease < 0 && _open.TryPeek(out var open) && open.Depth == _logDepth)
        {
            _open.Pop();
            _keptCount = _log.Count;
            if (_anchors[open.Name].Next == open.Start)
                _anchors[open.Name] = new Slice(open.Start, _log.Count);
        }
    }

    private Slice Find(AnchorAlias alias)
    {
        string name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out Slice slice))
            throw refuse($"The alias '*{name}' refers to no anchor before it. Write '&{name}' at the value it stands for.", alias.Start, null);
        if (slice.End < 0)
            throw refuse($"The alias '*{name}' stands inside its own anchor '&{name}'. A value cannot contain itself.", alias.Start, null);
        return slice;
    }

    /// <summary>Passes over one node so that it can be replayed.</summary>
    private Slice Capture(int depth)
    {
        Slice captured;
        while (_replays.TryPeek(out Slice finished) && finished.Next == finished.End)
            _replays.Pop();
        if (_replays.TryPeek(out Slice replay))
        {
            Skip(depth);
            captured = replay with { End = _replays.Peek().Next };
        }
        else
        {
            int start = _log.Count;
            _capturing = true;
            Skip(depth);
            _capturing = false;
            captured = new Slice(start, _log.Count);
        }
        Kept first = _log[captured.Next];
        return first.Event is AnchorAlias ? first.Target : captured;
    }

    private int EndOf(int start)
    {
        int inside = 0;
        int next = start;
        do
        {
            inside += _log[next++].Event.NestingIncrease;
        }
        while (inside > 0);
        return next;
    }

    /// <summary>Kept events from <paramref name="Next"/> up to <paramref name="End"/>.</summary>
    public readonly record struct Slice(int Next, int End);

    private readonly record struct Kept(ParsingEvent Event, Slice Target);
}
