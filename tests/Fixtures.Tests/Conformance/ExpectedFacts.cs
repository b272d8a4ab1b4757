using System.Text.RegularExpressions;

namespace Fixtures.Tests.Conformance;

/// <summary>
/// What the words of Django's messages say, and how the project's messages say it: which fixture, which model and pk, which value, which constraint.
/// Words that are not listed must stand in a message as they are.
/// </summary>
internal static class ExpectedFacts
{
    /// <summary>Django's words, and what must stand in a message instead: <c>${name}</c> is a group of the pattern, <c>|</c> parts what must all be there.</summary>
    private static readonly (Regex Django, string Ours)[] Rewordings =
    [
        // Every message begins with the file; a label that leads to none is named itself.
        (Words("Problem installing fixture"), ""),
        (Words("Problem installing fixtures"), ""),
        (Words("Problem installing fixture '(?<label>[^']*)': (?<format>[^ ]+) is not a known serialization format."), "'${format}' is not a known serialization format"),
        (Words("\"Problem installing fixture '-': (?<format>'.*')\""), "${format} is not a known serialization format"),
        (Words("No fixture named '' found."), "A label is empty"),
        (Words("Error: No database fixture specified.*"), "No fixture label was given"),
        (Words("--format must be specified when reading from stdin."), "The format must be specified when reading from standard input (--format"),
        (Words("No installed app with label (?<app>'.*')."), "Cannot exclude ${app}: no app has this label"),
        (Words("Unknown model: (?<model>.*)"), "Cannot exclude '${model}': "),
        (Words("<object> node has invalid model identifier: (?<model>'.*')"), "Invalid model identifier: ${model}"),
        (Words("settings.FIXTURE_DIRS contains duplicates."), "is listed twice"),
        (Words("is a default fixture directory for the (?<app>'.*') app and cannot be listed in settings.FIXTURE_DIRS."), "is a default fixture directory of app ${app} and must not be listed"),
        (Words("Zip-compressed fixtures must contain one file."), "Zip-compressed fixtures must contain one file"),
        (Words(@"\((?<model>[\w.]+):pk=(?<pk>.*)\)"), "${model} pk=${pk}:"),
        (Words(@"\(pk=(?<pk>.*)\)"), "pk=${pk}:"),
        // That nothing is loaded needs no words.
        (Words(". Aborting."), ""),
        (Words("Could not load"), ""),

        // Rows.
        (Words(@"(?:Problem installing fixtures: )?The row in table '(?<table>\w+)' with primary key '(?<pk>.*)' has an invalid foreign key: (?:\w+\.)?(?<column>\w+) contains a value '(?<value>.*)' that does not have a corresponding value in (?<parent>\w+)\.(?<key>\w+)\.?"),
            "${table}|pk=${pk}:|${column}|refers to ${parent} ${value} (${key}), which no row provides"),
        (Words("has an invalid foreign key"), "which no row provides"),
        (Words(@"\w+ matching query does not exist\.?"), "which no row"),
        (Words("matching query does not exist"), "which no row"),
        (Words(@"get\(\) returned more than one \w+ -- it returned \d+!"), "more than one row has this natural key"),
        (Words(@"NOT NULL constraint failed: (?<column>[\w.]+)"), "'${column}' must not be NULL"),

        // Values.
        (Words(@"must be in YYYY.*"), "yyyy-MM-dd"),
        (Words("has an invalid format"), "must be a"),
        (Words("is an invalid (?<type>[a-z/]+)"), "must be a"),
        (Words("must be a float"), "must be a number"),
        (Words("must be either True, False, or None"), "must be a bool"),
        (Words("None"), "must be"),
    ];

    /// <summary>Whether a message says what the words say.</summary>
    public static bool AreIn(string message, string words)
    {
        foreach ((Regex django, string ours) in Rewordings)
        {
            Match match = django.Match(words);
            if (match.Success)
                return match.Result(ours).Split('|').All(fact => message.Contains(fact, StringComparison.Ordinal));
        }
        return message.Contains(words, StringComparison.Ordinal);
    }

    private static Regex Words(string pattern) => new($"^(?:{pattern})$", RegexOptions.CultureInvariant);
}
