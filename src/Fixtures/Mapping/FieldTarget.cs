namespace Fixtures.Mapping;

/// <summary>Where the value of a field goes.</summary>
internal abstract record FieldTarget(string Field);

/// <summary>Nowhere: the configuration or <c>IgnoreNonexistent</c> says so.</summary>
internal sealed record IgnoredField(string Field) : FieldTarget(Field);

/// <summary>A column of the model's table.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Column">The column.</param>
/// <param name="Type">The column's type; of a foreign key, that of the column it refers to.</param>
/// <param name="Reference">What the foreign key refers to, if it is one.</param>
internal sealed record ColumnField(string Field, Column Column, ColumnType Type, Reference? Reference) : FieldTarget(Field);

/// <summary>A join table.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Join">The join table.</param>
internal sealed record ManyToManyField(string Field, JoinTable Join) : FieldTarget(Field);

/// <summary>The column that a foreign key refers to, and the type of the values that refer to it.</summary>
internal sealed record Reference(Table Table, Column Column, ColumnType Type);

/// <summary>The rows that tie a model's rows to others.</summary>
/// <param name="Table">The join table.</param>
/// <param name="From">Its column for the side that holds the field.</param>
/// <param name="FromReference">What <paramref name="From"/> refers to in the model's own table.</param>
/// <param name="To">Its column for the other side.</param>
/// <param name="ToReference">What <paramref name="To"/> refers to.</param>
/// <param name="Symmetrical">Whether each row stands for both directions and is written both ways.</param>
/// <param name="EmptyTexts">Its columns that are the empty text in a new row (<see cref="MissingText.Empty"/>).</param>
internal sealed record JoinTable(Table Table, Column From, Reference FromReference, Column To, Reference ToReference, bool Symmetrical, Column[] EmptyTexts);
