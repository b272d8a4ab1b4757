using System.CommandLine;
using System.CommandLine.Parsing;

namespace Fixtures.Cli;

/// <summary>The options that every command takes, as they are given.</summary>
internal sealed record CommonValues(string? Config, string? Database, string? Connection, string? App, int Verbosity, bool Json);

/// <summary>The options that every command takes.</summary>
internal sealed class CommonOptions
{
    /// <summary>What <c>--help</c> says of them.</summary>
    public const string Help = """
        Options of every command:
          --config FILE|FOLDER   The configuration. Else FIXTURES_CONFIG, else the first fixtures.config.json from the
                                 current directory upwards.
          --database ALIAS       The database of the configuration to use; 'default' unless given.
          --connection VALUE     The database itself: a file, or a connection string such as 'Data Source=app.db'.
                                 Beats FIXTURES_DATABASE (a connection string) and the configuration.
          --app LABEL            Leaves only this app among the apps; './name' then looks in its fixtures/ alone.
          -v, --verbosity 0..3   0: nothing on success; 1: one line; 2: one line per fixture too; 3: stack traces too.
          --json                 One JSON object on standard output and nothing else.
          -h, --help             Shows this help.

        Exit codes: 0 done; 1 refused or failed, nothing is kept; 2 the command line cannot be read.
        """;

    private static readonly string[] Verbosities = ["0", "1", "2", "3"];

    private readonly Option<string?> _config = Text("--config");
    private readonly Option<string?> _database = Text("--database");
    private readonly Option<string?> _connection = Text("--connection");
    private readonly Option<string?> _app = Text("--app");
    private readonly Option<string?> _verbosity = new("--verbosity", "-v") { Recursive = true };
    private readonly Option<bool> _json = new("--json") { Arity = ArgumentArity.Zero, Recursive = true };

    public CommonOptions() => _verbosity.Validators.Add(result =>
    {
        if (result.Tokens is [{ Value: var value }] && !Verbosities.Contains(value))
            result.AddError($"Verbosity '{value}' is not one of 0, 1, 2, 3.");
    });

    public void AddTo(Command root)
    {
        foreach (Option option in (Option[])[_config, _database, _connection, _app, _verbosity, _json])
            root.Add(option);
    }

    /// <summary>The values that were given. There were no errors.</summary>
    public CommonValues Read(ParseResult parsed) => new(
        parsed.GetValue(_config),
        parsed.GetValue(_database),
        parsed.GetValue(_connection),
        parsed.GetValue(_app),
        parsed.GetValue(_verbosity) is { } verbosity ? verbosity[0] - '0' : 1,
        parsed.GetValue(_json));

    /// <summary>Refuses a value that is empty, as an unset variable of a script leaves it, and one that is an option: its value was forgotten.</summary>
    public static void RequireText(OptionResult result)
    {
        foreach (string value in result.Tokens.Select(token => token.Value))
        {
            if (value.Length == 0)
                result.AddError($"The value of '{result.Option.Name}' is empty.");
            else if (value.StartsWith("--", StringComparison.Ordinal))
                result.AddError($"Option '{result.Option.Name}' has no value: '{value}' is an option.");
        }
    }

    private static Option<string?> Text(string name)
    {
        var option = new Option<string?>(name) { Recursive = true };
        option.Validators.Add(RequireText);
        return option;
    }
}
