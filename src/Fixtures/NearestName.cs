namespace Fixtures;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class NearestName
{
    /// <summary>A beginning this long is taken for an unfinished name: <c>ignore</c> for <c>ignoredFields</c>.</summary>
    private const int ShortestBeginning = 4;

    /// <summary>
    /// The candidate with the fewest edits (insertion, deletion, replacement, swap of neighbours; ignoring case) to <paramref name="name"/>,
    /// the first of several; null when more than a third of the longer name would change and no candidate begins with it.
    /// </summary>
    /// <param name="name">The name that is not known.</param>
    /// <param name="candidates">The names that are.</param>
    public static string? Among(string name, IEnumerable<string> candidates) => Among(name, candidates, candidate => candidate);

    /// <summary>The same for candidates that are not compared as they are: <paramref name="nameOf"/> gives what is.</summary>
    internal static T? Among<T>(string name, IEnumerable<T> candidates, Func<T, string> nameOf)
        where T : class
    {
        T? nearest = null;
        T? continued = null;
        int fewest = int.MaxValue;
        foreach (T item in candidates)
        {
            string candidate = nameOf(item);
            if (continued is null && name.Length >= ShortestBeginning && candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                continued = item;

            int limit = Math.Min(fewest - 1, Math.Max(name.Length, candidate.Length) / 3);
            if (Math.Abs(name.Length - candidate.Length) > limit)
                continue;

            int edits = Edits(name, candidate, limit);
            if (edits <= limit)
                (nearest, fewest) = (item, edits);
        }

        return nearest ?? continued;
    }

    // Optimal string alignment: the usual table of edit distances, of which three rows are enough for swaps.
    // Gives up past the limit, so that thousands of candidates (files of a directory) cost little.
    private static int Edits(string left, string right, int limit)
    {
        int[] beforePrevious = new int[right.Length + 1];
        int[] previous = new int[right.Length + 1];
        int[] current = new int[right.Length + 1];
        for (int column = 0; column < previous.Length; column++)
            previous[column] = column;

        for (int row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            int best = row;
            for (int column = 1; column <= right.Length; column++)
            {
                int edits = Same(left[row - 1], right[column - 1]) ? previous[column - 1] : previous[column - 1] + 1;
                edits = Math.Min(edits, Math.Min(previous[column], current[column - 1]) + 1);
                if (row > 1 && column > 1 && Same(left[row - 1], right[column - 2]) && Same(left[row - 2], right[column - 1]))
                    edits = Math.Min(edits, beforePrevious[column - 2] + 1);

                current[column] = edits;
                best = Math.Min(best, edits);
            }

            // A swap reaches back two rows, but costs at least what the row between holds.
            if (best > limit)
                return best;

            (beforePrevious, previous, current) = (previous, current, beforePrevious);
        }

        return previous[right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
