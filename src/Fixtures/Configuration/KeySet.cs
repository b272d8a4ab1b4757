namespace Fixtures.Configuration;

/// <summary>The keys of one object of the configuration: which are known, and which were there.</summary>
/// <param name="owner">The object, as messages name it.</param>
/// <param name="known">The keys that it may have; null: any.</param>
/// <param name="comparer">How keys are compared; null: ordinal.</param>
internal sealed class KeySet(string owner, string[]? known = null, StringComparer? comparer = null)
{
    private readonly HashSet<string> _seen = new(comparer ?? StringComparer.Ordinal);

    /// <summary>Notes a key. Gives what is wrong with it, or null.</summary>
    public string? Problem(string key)
    {
        if (known is not null && !known.Contains(key))
        {
            return NearestName.Among(key, known) is { } nearest
                ? $"'{key}' is not a key of {owner}. Did you mean '{nearest}'?"
                : $"'{key}' is not a key of {owner}. Its keys are {string.Join(", ", known)}.";
        }

        if (_seen.TryGetValue(key, out string? earlier))
        {
            return earlier == key
                ? $"'{key}' stands twice in {owner}. Leave one out."
                : $"'{key}' and '{earlier}' in {owner} are the same, because case is ignored there. Leave one out.";
        }

        _seen.Add(key);
        return key.Length == 0 ? $"A key of {owner} is empty (''). Give it a name." : null;
    }
}
