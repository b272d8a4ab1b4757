using System.CommandLine;

namespace Fixtures.Cli;

/// <summary><c>fixtures find</c>: shows where labels are looked for, and what is found.</summary>
internal sealed class FindCommand() : NamesCommand("find", "LABEL")
{
    public override string NoNames => "No label was given. Name at least one fixture: fixtures find testdata";

    public override string Help => """
        Shows where labels are looked for, what is there and what matches. No database is touched.

        Usage:
          fixtures find LABEL... [options]

        Exits with 1 if a label cannot be loaded: nothing matches, or two files of one directory do. With -v 2 the file
        names are listed that would match.

        Examples:
          fixtures find testdata
          fixtures find ./orders --app shop --json
        """;

    public override int Run(ParseResult parsed, CommandContext context)
    {
        FixtureOptions options = Project.Read(context.Common);
        var loader = new FixtureLoader(options);
        SearchReport[] reports = [.. parsed.GetRequiredValue(Names).Select(label => Search(loader, label))];
        if (context.Common.Json)
            JsonReport.Write(context, reports);
        else
            SearchText.Write(context, reports);
        return Array.Exists(reports, report => report.Problem is not null) ? ExitCode.Failed : ExitCode.Done;
    }

    private static SearchReport Search(FixtureLoader loader, string label) => label == StandardInput.Label
        ? new SearchReport(label) { Problem = $"'{label}' is standard input, which is read and not looked for." }
        : loader.Explain(DotLabel.InFull(label, loader.Options)) with { Label = label };
}
