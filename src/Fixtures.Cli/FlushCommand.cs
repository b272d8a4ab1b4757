using System.CommandLine;
using System.Globalization;

namespace Fixtures.Cli;

/// <summary><c>fixtures flush</c>: empties a database file's tables.</summary>
internal sealed class FlushCommand : FixtureCommand
{
    private const string NoInput = "--noinput";

    private readonly Option<bool> _noInput = new(NoInput) { Arity = ArgumentArity.Zero };
    private readonly Option<bool> _noInitialData = new("--no-initial-data") { Arity = ArgumentArity.Zero };

    public FlushCommand() : base("flush")
    {
        Add(_noInput);
        Add(_noInitialData);
    }

    public override string Help => """
        Empties all tables of a database and loads the label initial_data, where it is found: all of it or, on an error,
        nothing. Asks before it does so.

        Usage:
          fixtures flush [options]

        Ids start at 1 again. Triggers do not run while the tables are emptied. The tables in which migrations keep their
        history stay as they are: django_migrations, __EFMigrationsHistory, __EFMigrationsLock, SchemaVersions, VersionInfo.
        A database is never made. --app chooses where initial_data is looked for, and not what is emptied.

        Options:
          --noinput            Does not ask. Needed where there is no terminal.
          --no-initial-data    Does not load initial_data.

        Examples:
          fixtures flush
          fixtures flush --noinput --connection shop.db --json
        """;

    public override int Run(ParseResult parsed, CommandContext context)
    {
        FixtureOptions options = Project.Read(context.Common);
        DatabasePlace place = Project.ReadDatabase(context.Common, options);
        context.Database = place.Shown;
        using CommandDatabase database = CommandDatabase.OpenExisting(place);
        if (!parsed.GetValue(_noInput))
            Question.RequireYes(context, Describe(CountRows(database, place), place), NoInput);

        LoadReport report;
        using (LoadProgressDisplay? progress = LoadProgressDisplay.For(context))
        {
            var loader = new FixtureLoader(options with { Progress = progress });
            report = DatabaseErrors.Naming(place, () => loader.Flush(database.Connection, !parsed.GetValue(_noInitialData), context.Terminal.Cancellation));
        }

        if (context.Common.Json)
            JsonReport.Write(context, report, report.RowsDeleted);
        else
            LoadReportText.Write(context, report, Describe(report));
        return ExitCode.Done;
    }

    private static IReadOnlyList<TableRows> CountRows(CommandDatabase database, DatabasePlace place) =>
        DatabaseErrors.Naming(place, () => FixtureLoader.CountRows(database.Connection));

    private static string Describe(IReadOnlyList<TableRows> tables, DatabasePlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"This deletes {tables.Sum(table => table.Rows)} row(s) of {tables.Count(table => table.Rows > 0)} table(s) in '{place.Shown}'.");

    private static string Describe(LoadReport report)
    {
        string deleted = string.Create(CultureInfo.InvariantCulture, $"Deleted {report.RowsDeleted} row(s)");
        return report.Files.Count == 0 ? deleted : $"{deleted}, i{report.ToString()[1..]}";
    }
}
