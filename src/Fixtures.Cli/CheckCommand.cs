using System.CommandLine;

namespace Fixtures.Cli;

/// <summary><c>fixtures check</c>: says what is wrong with fixtures, and writes nothing.</summary>
internal sealed class CheckCommand : NamesCommand
{
    // Each reads its file again, up to the line.
    private const int MostExcerpts = 100;

    private static readonly string[] Reports = ["text", "json", "sarif"];

    private readonly Option<string?> _report = new("--report");

    public CheckCommand() : base("check", "LABEL", ArgumentArity.ZeroOrMore)
    {
        _report.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && !Reports.Contains(value))
                result.AddError($"Report '{value}' is not one of {string.Join(", ", Reports)}.{ErrorText.DidYouMean(value, Reports)}");
        });
        Add(_report);
    }

    public override string Help => """
        Checks fixtures against the schema without writing: everything that a load would be refused for, at once, and what
        it would take and hardly was meant so.

        Usage:
          fixtures check [LABEL...] [options]

        Labels are checked as one load. Without a label every fixture of every app and fixture directory is checked: each
        label for itself, and what one of them refers to may be in another. Rows that the database has count; where there is
        no database yet, the configuration's schema does.

        Exits with 1 if there are errors. Warnings are: a key given twice, the same row twice, a text longer than its column
        declares, a value that SQLite stores as another one, a member of a record that is passed over, a fixture without
        records, a file among the fixtures that no label reaches.

        Options:
          --report FORMAT     text (as unless given), json (as --json) or sarif (2.1.0, on standard output, for CI).

        Examples:
          fixtures check
          fixtures check testdata --report sarif > fixtures.sarif
        """;

    public override int Run(ParseResult parsed, CommandContext context)
    {
        string format = parsed.GetValue(_report) ?? "text";
        if (format == "json")
            context.Common = context.Common with { Json = true };
        if (format != "sarif")
            return Write(context, Check(parsed, context));

        try
        {
            CheckReport report = Check(parsed, context);
            SarifReport.Write(context.Terminal.Output, report);
            return report.ErrorCount > 0 ? ExitCode.Failed : ExitCode.Done;
        }
        catch (FixtureException exception)
        {
            SarifReport.Write(context.Terminal.Output, exception);
            return ExitCode.Failed;
        }
    }

    private CheckReport Check(ParseResult parsed, CommandContext context)
    {
        string[] labels = parsed.GetValue(Names) ?? [];
        using LoadProgressDisplay? progress = LoadProgressDisplay.For(context);
        FixtureOptions options = Project.Read(context.Common) with { Progress = progress };
        DatabasePlace place = Project.ReadDatabase(context.Common, options);
        context.Database = place.Shown;
        if (labels.Contains(StandardInput.Label))
            throw new FixtureException(FixtureStage.Resolve, new FixtureError("Standard input is not checked: it can be read only once. Use 'fixtures loaddata - --format F --dry-run'."));

        var loader = new FixtureLoader(options);
        using CommandDatabase database = CommandDatabase.Copy(place, loader);
        return DatabaseErrors.Naming(place, () => loader.Check(database.Connection, Array.ConvertAll(labels, label => DotLabel.InFull(label, options)), context.Terminal.Cancellation));
    }

    private static int Write(CommandContext context, CheckReport report)
    {
        if (context.Common.Json)
        {
            JsonReport.Write(context, report);
        }
        else
        {
            var paths = new DisplayPaths();
            foreach ((int number, CheckProblem problem) in report.Problems.Index())
                ErrorText.Write(context.Terminal, problem with { Error = paths.Shorten(problem.Error) }, withExcerpt: number < MostExcerpts);
            int more = report.ErrorCount + report.WarningCount - report.Problems.Count;
            if (more > 0)
                ErrorText.Write(context.Terminal, $"... and {more} more");
            if (context.Common.Verbosity > 0)
                context.Terminal.Output.WriteLine(report);
        }
        return report.ErrorCount > 0 ? ExitCode.Failed : ExitCode.Done;
    }
}
