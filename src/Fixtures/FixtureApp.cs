namespace Fixtures;

/// <summary>An app: a folder whose <c>fixtures/</c> sub-folder is searched for fixtures.</summary>
/// <param name="Label">The app's name, such as <c>blog</c>: the part of a model before its dot.</param>
/// <param name="Path">The app's folder (the one that holds <c>fixtures/</c>). Relative paths count from the current directory.</param>
public sealed record FixtureApp(string Label, string Path);
