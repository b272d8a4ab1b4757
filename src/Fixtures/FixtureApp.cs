namespace Fixtures;

/// <summary>An app: a folder whose <c>fixtures/</c> sub-folder is searched for fixtures.</summary>
/// <param name="Label">The app's name, such as <c>blog</c>: the part of a model before its dot. Ignored where the path is a glob.</param>
/// <param name="Path">
/// The app's folder (the one that holds <c>fixtures/</c>). Relative paths count from the current directory. A glob (<c>*</c> and <c>?</c> in any
/// segment, such as <c>src/*</c>) stands for every folder that matches, in ordinal order: each is an app whose label is the folder's name. A folder
/// that is also listed by itself keeps that label and place.
/// </param>
public sealed record FixtureApp(string Label, string Path);
