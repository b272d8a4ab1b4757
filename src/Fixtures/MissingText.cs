namespace Fixtures;

/// <summary>What NULL becomes in a NOT NULL text column.</summary>
public enum MissingText
{
    /// <summary>It stays NULL, and the NOT NULL constraint refuses the record.</summary>
    Error,

    /// <summary>It becomes the empty text, as Django stores it.</summary>
    Empty,
}
