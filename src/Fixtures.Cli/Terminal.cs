namespace Fixtures.Cli;

/// <summary>What the command reads from and writes to.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="OpenInput">Opens standard input, which only the label <c>-</c> and questions need.</param>
/// <param name="IsInputTerminal">Whether a person is there to answer.</param>
/// <param name="IsErrorTerminal">Whether a person sees standard error: colours and progress are for them.</param>
/// <param name="DataFolder">Where the command keeps what it remembers from one run to the next. It need not be there.</param>
/// <param name="Cancellation">Cancelled by Ctrl+C.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, Func<Stream> OpenInput, bool IsInputTerminal, bool IsErrorTerminal, string DataFolder, CancellationToken Cancellation);
