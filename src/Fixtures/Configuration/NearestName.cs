namespace Fixtures.Configuration;

/// <summary>Finds the name that was probably meant, for "Did you mean 'x'?".</summary>
internal static class NearestName
{
    private const int MaxEdits = 3;

    /// <summary>The candidate that is fewest edits away from <paramref name="name"/>, ignoring case; the first of several. Null when none is near.</summary>
    public static string? Among(string name, IEnumerable<string> candidates) => Among(name, candidates, candidate => candidate);

    /// <summary>The same for candidates that are not compared as they are: <paramref name="nameOf"/> gives what is.</summary>
    public static T? Among<T>(string name, IEnumerable<T> candidates, Func<T, string> nameOf)
        where T : class
    {
        T? nearest = null;
        // One edit in three letters: with more, short names would be "near" to nearly anything.
        int limit = Math.Min(MaxEdits, (name.Length + 1) / 3);
        foreach (T candidate in candidates)
        {
            if (Edits(name, nameOf(candidate), limit) is not { } edits)
                continue;
            nearest = candidate;
            if (edits == 0)
                break;
            limit = edits - 1;
        }
        return nearest;
    }

    /// <summary>How many letters must be inserted, removed, replaced or swapped with their neighbour. Null when more than <paramref name="limit"/>.</summary>
    private static int? Edits(string from, string to, int limit)
    {
        if (Math.Abs(from.Length - to.Length) > limit)
            return null;
        // Row i holds the edits that turn the first i letters of `from` into each beginning of `to`; a swap looks two rows back.
        int[] twoBack = new int[to.Length + 1], before = new int[to.Length + 1], row = new int[to.Length + 1];
        for (int j = 0; j <= to.Length; j++)
            row[j] = j;
        for (int i = 1; i <= from.Length; i++)
        {
            (twoBack, before, row) = (before, row, twoBack);
            row[0] = i;
            int least = i;
            for (int j = 1; j <= to.Length; j++)
            {
                int replaced = before[j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(before[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]))
                    row[j] = Math.Min(row[j], twoBack[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }
            // Not `least > limit`: a swap may still come back from the row before.
            if (least > limit + 1)
                return null;
        }
        return row[to.Length] <= limit ? row[to.Length] : null;
    }

    private static bool Same(char a, char b) => a == b || char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
