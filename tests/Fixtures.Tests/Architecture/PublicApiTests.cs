namespace Fixtures.Tests.Architecture;

/// <summary>The library's public API is the approved text: whoever changes it sees the change in review.</summary>
public sealed class PublicApiTests
{
    private static readonly string Approved = Repository.PathOf("tests", "Fixtures.Tests", "Architecture", "PublicApi.approved.txt");
    private static readonly string Received = Approved.Replace(".approved.", ".received.", StringComparison.Ordinal);

    [Fact]
    public void Is_what_was_approved()
    {
        string[] approved = File.Exists(Approved) ? File.ReadAllLines(Approved) : [];
        string[] received = [.. PublicApiPrinter.Print(typeof(FixtureLoader).Assembly)];
        if (received.SequenceEqual(approved))
        {
            File.Delete(Received);
            return;
        }

        File.WriteAllLines(Received, received);
        Assert.Fail(
            "The public API has changed:\n" + string.Join('\n', Differences(approved, received))
            + $"\nIf this is meant, replace '{Approved}' by '{Path.GetFileName(Received)}' beside it.");
    }

    /// <summary>The lines that only one side has, each below the type that holds it, as a diff shows them.</summary>
    private static string[] Differences(string[] approved, string[] received)
    {
        HashSet<string> before = [.. WithType(approved)];
        HashSet<string> after = [.. WithType(received)];
        IEnumerable<string> removed = before.Except(after).Select(line => "- " + line);
        IEnumerable<string> added = after.Except(before).Select(line => "+ " + line);
        string[] all = [.. removed, .. added];
        return all.Length > 0 ? all : ["  (the same lines in another order)"];
    }

    private static IEnumerable<string> WithType(string[] lines)
    {
        string type = "";
        foreach (string line in lines.Where(line => line.Length > 0))
        {
            if (!line.StartsWith(' '))
                type = line;
            yield return ReferenceEquals(type, line) ? line : $"{type}: {line.Trim()}";
        }
    }
}
