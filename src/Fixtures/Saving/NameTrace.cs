using System.Text;
using Fixtures.Formats;

namespace Fixtures.Saving;

/// <summary>Moves errors about the names of fields from the values, whose places are kept while a fixture is read, to the names. The records are read a second time.</summary>
internal sealed class NameTrace
{
    private readonly Dictionary<(string? File, int? Record), List<LoadProblem>> _sought;

    /// <param name="problems">All errors; those about names are sought.</param>
    public NameTrace(IEnumerable<LoadProblem> problems) => _sought = problems
        .Where(problem => problem is { IsAboutName: true, Error.Field: not null })
        .GroupBy(problem => (problem.Error.File, problem.Error.Record))
        .ToDictionary(group => group.Key, group => group.ToList());

    public bool Any => _sought.Count > 0;

    /// <summary>What was found: an error and the same at its name.</summary>
    public Dictionary<LoadProblem, LoadProblem> Found { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Looks at a record that has the places of its names.</summary>
    /// <returns>False if no other is sought.</returns>
    public bool Look(Record record)
    {
        if (!_sought.Remove((record.Source!.Path, record.Number), out List<LoadProblem>? problems))
            return true;
        foreach (LoadProblem problem in problems)
        {
            if (PlaceOf(record, problem.Error.Field!) is not { } place)
                continue;
            (long line, long column) = record.Source.Locate(place);
            Found.Add(problem, problem with { Error = problem.Error with { Line = line, Column = column } });
        }
        return Any;
    }

    private static long? PlaceOf(Record record, string field)
    {
        for (int node = record.Fields + 1; node < record[record.Fields].End; node = record[node].End)
        {
            if (Encoding.UTF8.GetString(record.Name(node)) == field && record.NamePositions!.TryGetValue(node, out long position))
                return position;
        }
        return null;
    }
}
