using System.Globalization;

namespace Fixtures.Tests.Saving;

/// <summary>A load that is large enough for indexes to be postponed, and which indexes there were in the course of it.</summary>
internal sealed class LargeLoad : IDisposable
{
    /// <summary>How many items <see cref="Items"/> makes unless it is told.</summary>
    public const int Count = 16_000;

    public const string Schema =
        """
        CREATE TABLE kind (id integer PRIMARY KEY, name text UNIQUE);
        CREATE TABLE item (id integer PRIMARY KEY, code text, n integer, kind_id integer REFERENCES kind);
        CREATE INDEX item_n ON item (n);
        """;

    private readonly List<string> _seen = [];

    public LargeLoad(string schema = Schema, string? file = null)
    {
        Project = new TestProject(schema, file);
        Project.Options = Project.Options with { Progress = new ImmediateProgress(Look) };
    }

    public TestProject Project { get; }

    /// <summary>Called whenever the load reports progress, which it does every thousand records or so.</summary>
    public Action<LoadProgress>? Progress { get; set; }

    /// <summary>The indexes at one look after the other, equal ones once: <c>item_code,item_n</c>.</summary>
    public IReadOnlyList<string> Seen => _seen;

    /// <summary>Records with keys from 1 and numbers in no order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="others">What stands in place of some, by number.</param>
    public static string Items(int count = Count, params (int Number, string Record)[] others)
    {
        var records = Enumerable.Range(1, count).Select(Item).ToArray();
        foreach ((int number, string record) in others)
            records[number - 1] = record;
        return $"[\n{string.Join(",\n", records)}\n]";
    }

    public static int NumberOf(int id) => (int)(id * 7919L % 10_007);

    public static string Item(int id) => Item(id, "null");

    public static string Item(int id, string kind) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"model": "item", "pk": {{id}}, "fields": {"code": "code {{NumberOf(id)}} of {{id}}", "n": {{NumberOf(id)}}, "kind": {{kind}}} }""");

    public LoadReport Load(string records) => Project.LoadJson(records);

    /// <summary>All that the schema consists of, in no order.</summary>
    public string SchemaText() => Project.Rows("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name");

    public void Dispose() => Project.Dispose();

    private void Look(LoadProgress progress)
    {
        string indexes = Project.Rows("SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name)");
        if (_seen.Count == 0 || _seen[^1] != indexes)
            _seen.Add(indexes);
        Progress?.Invoke(progress);
    }

    private sealed class ImmediateProgress(Action<LoadProgress> report) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => report(value);
    }
}
