using System.Text.Json;

namespace Fixtures.Tests.Cli;

/// <summary>What a run of the command left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The one JSON object on standard output, with nothing beside it on either stream.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.Equal("", Error);
            Assert.EndsWith("}" + Environment.NewLine, Output, StringComparison.Ordinal);
            using var json = JsonDocument.Parse(Output);
            return json.RootElement.Clone();
        }
    }

    public CommandResult Succeeded()
    {
        Assert.Equal((0, ""), (ExitCode, Error));
        return this;
    }

    /// <summary>Refused or failed, with this in the message and nothing on standard output.</summary>
    public CommandResult Failed(params string[] parts)
    {
        Assert.Equal((1, ""), (ExitCode, Output));
        Assert.All(parts, part => Assert.Contains(part, Error, StringComparison.Ordinal));
        return this;
    }

    public CommandResult NotUnderstood(string part)
    {
        Assert.Equal((2, ""), (ExitCode, Output));
        Assert.Contains(part, Error, StringComparison.Ordinal);
        return this;
    }
}
