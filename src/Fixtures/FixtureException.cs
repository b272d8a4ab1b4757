using System.Globalization;

namespace Fixtures;

/// <summary>The one exception that loading fixtures throws. Nothing of the call that threw it is kept in the database.</summary>
public class FixtureException : Exception
{
    private const int ShownErrors = 10;

    /// <summary>Creates an exception for one error.</summary>
    /// <param name="stage">Where the error arose.</param>
    /// <param name="error">The error.</param>
    /// <param name="innerException">What caused it, if something else threw.</param>
    public FixtureException(FixtureStage stage, FixtureError error, Exception? innerException = null)
        : this(stage, [error], 1, innerException)
    {
    }

    /// <summary>Creates an exception for several errors.</summary>
    /// <param name="stage">Where the first error arose.</param>
    /// <param name="errors">The errors that were kept, first one first. At least one.</param>
    /// <param name="errorCount">How many errors there were; at least as many as were kept.</param>
    /// <param name="innerException">What caused it, if something else threw.</param>
    public FixtureException(FixtureStage stage, IReadOnlyList<FixtureError> errors, int errorCount, Exception? innerException = null)
        : base(Describe(errors, errorCount), innerException)
    {
        Stage = stage;
        Errors = errors;
        ErrorCount = errorCount;
    }

    /// <summary>Where the first error arose.</summary>
    public FixtureStage Stage { get; }

    /// <summary>The errors, in the order in which they were found; at least one.</summary>
    public IReadOnlyList<FixtureError> Errors { get; }

    /// <summary>How many errors there were, those not in <see cref="Errors"/> included.</summary>
    public int ErrorCount { get; }

    private static string Describe(IReadOnlyList<FixtureError> errors, int errorCount)
    {
        ArgumentOutOfRangeException.ThrowIfZero(errors.Count, nameof(errors));
        IEnumerable<string> lines = errors.Take(ShownErrors).Select(error => error.ToString());
        if (errorCount > ShownErrors)
            lines = lines.Append(string.Create(CultureInfo.InvariantCulture, $"... and {errorCount - ShownErrors} more."));
        return string.Join('\n', lines);
    }
}
