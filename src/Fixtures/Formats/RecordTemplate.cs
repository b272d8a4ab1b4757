namespace Fixtures.Formats;

/// <summary>What records that differ in nothing but their scalars have in common: nodes, names, and what each of them is.</summary>
internal sealed class RecordTemplate
{
    public RecordTemplate(Record record)
    {
        Model = record.Model;
        Key = record.Key;
        Fields = record.Fields;
        Nodes = new RecordNode[record.NodeCount];
        int nameBytes = 0;
        for (int i = 0; i < Nodes.Length; i++)
        {
            Nodes[i] = record[i];
            Nodes[i].NameStart = nameBytes;
            nameBytes += Nodes[i].NameLength;
        }
        Names = new byte[nameBytes];
        for (int i = 0; i < Nodes.Length; i++)
            record.Name(i).CopyTo(Names.AsSpan(Nodes[i].NameStart));
    }

    public int Model { get; }

    public int Key { get; }

    public int Fields { get; }

    /// <summary>The nodes; their names are slices of <see cref="Names"/>.</summary>
    public RecordNode[] Nodes { get; }

    public byte[] Names { get; }
}
