using System.CommandLine;

namespace Fixtures.Cli;

/// <summary><c>fixtures loaddata</c>: loads fixtures into a database file.</summary>
internal sealed class LoadDataCommand : NamesCommand
{
    private readonly Option<string?> _format = new("--format");
    private readonly Option<string[]> _exclude = new("--exclude", "-e");
    private readonly Option<bool> _ignoreNonexistent = new("--ignorenonexistent", "-i") { Arity = ArgumentArity.Zero };
    private readonly Option<bool> _dryRun = new("--dry-run") { Arity = ArgumentArity.Zero };

    public LoadDataCommand() : base("loaddata", "LABEL")
    {
        foreach (Option option in (Option[])[_format, _exclude])
        {
            option.Validators.Add(CommonOptions.RequireText);
            Add(option);
        }
        Add(_ignoreNonexistent);
        Add(_dryRun);
    }

    public override string NoNames => "No label was given. Name at least one fixture: fixtures loaddata testdata";

    public override string Help => """
        Loads fixtures into a database: all of them or, on an error, none.

        Usage:
          fixtures loaddata LABEL... [options]

        A label is [directory/]name[.format][.compression]. It is looked for in the fixtures/ folder of each app, in the
        fixture directories and in the current directory, and every directory that has it is loaded from. '-' reads
        standard input. A database that is missing or has no tables is made with the configuration's schema.

        Options:
          --format F                  The format of standard input: json, jsonl, yaml, yml or xml.
          -e, --exclude APP[.MODEL]   Checks records of this app or model but does not save them. May be repeated.
          -i, --ignorenonexistent     Passes over unknown models and fields.
          --dry-run                   Loads and checks all, and keeps nothing.

        Examples:
          fixtures loaddata testdata
          fixtures loaddata countries orders.jsonl --connection shop.db --exclude blog.comment
          curl https://example.com/posts.json | fixtures loaddata - --format json --dry-run
        """;

    public override int Run(ParseResult parsed, CommandContext context)
    {
        string[] labels = parsed.GetRequiredValue(Names);
        string? format = parsed.GetValue(_format);
        context.DryRun = parsed.GetValue(_dryRun);

        LoadReport report;
        using (LoadProgressDisplay? progress = LoadProgressDisplay.For(context))
        {
            FixtureOptions options = Project.Read(context.Common) with
            {
                Exclude = parsed.GetValue(_exclude) ?? [],
                IgnoreNonexistent = parsed.GetValue(_ignoreNonexistent),
                InputFormat = format,
                Progress = progress,
            };
            CheckFormat(format);
            report = Load(context, options, labels);
        }

        if (format is not null && !labels.Contains(StandardInput.Label))
            report = report with { Warnings = [.. report.Warnings, $"--format is the format of standard input, the label '{StandardInput.Label}'; these labels do not use it."] };
        Write(context, report);
        return ExitCode.Done;
    }

    private static LoadReport Load(CommandContext context, FixtureOptions options, string[] labels)
    {
        DatabasePlace place = Project.ReadDatabase(context.Common, options);
        context.Database = place.Shown;
        CancellationToken cancellation = context.Terminal.Cancellation;
        using Stream? input = labels.Contains(StandardInput.Label) ? new StandardInput(context.Terminal.OpenInput(), cancellation) : null;
        var loader = new FixtureLoader(options with { Input = input });
        string[] fullLabels = Array.ConvertAll(labels, label => DotLabel.InFull(label, options));

        // A label that stands for nothing is said before a database is made for it.
        foreach (string label in fullLabels.Where(label => label != StandardInput.Label))
            loader.Find(label);
        while (true)
        {
            using CommandDatabase database = CommandDatabase.Open(place, loader);
            if (context.DryRun)
                database.BeginDryRun();
            LoadReport report = DatabaseErrors.Naming(place, () => loader.LoadInto(database.Handle, fullLabels, cancellation));
            if (context.DryRun || database.TryKeep())
                return report;

            // Several test runs that begin together each make the database: the first one's is there now, and the others load into it.
            if (input is not null)
                throw DatabaseErrors.Refused($"Database '{place.Shown}' has been made by something else meanwhile, and standard input cannot be read again. Run again to load into it.");
        }
    }

    private static void CheckFormat(string? format)
    {
        if (format is not null && !FixtureFile.Formats.Contains(format))
            throw new FixtureException(FixtureStage.Resolve, new FixtureError($"'{format}' is not a known serialization format.{ErrorText.DidYouMean(format, FixtureFile.Formats)} The formats are {string.Join(", ", FixtureFile.Formats)}."));
    }

    private static void Write(CommandContext context, LoadReport report)
    {
        if (context.Common.Json)
        {
            JsonReport.Write(context, report);
            return;
        }
        string summary = report.ToString();
        LoadReportText.Write(context, report, context.DryRun ? $"Would install{summary["Installed".Length..]} (dry run, nothing is kept)" : summary);
    }
}
