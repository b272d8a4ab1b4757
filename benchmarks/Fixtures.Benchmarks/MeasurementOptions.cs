using System.Globalization;
using System.Runtime.InteropServices;

namespace Fixtures.Benchmarks;

/// <summary>The options of a measurement that keeps its own clock: <c>--name value</c>.</summary>
internal sealed class MeasurementOptions(string[] args)
{
    /// <summary>What a report's first lines say of the machine.</summary>
    public static string Machine =>
        $"{Environment.ProcessorCount} cores, {RuntimeInformation.RuntimeIdentifier}, .NET {Environment.Version}, SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}";

    public int Number(string name, int otherwise) => Text(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;

    public string? Text(string name)
    {
        int index = Array.IndexOf(args, name);
        return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
    }
}
