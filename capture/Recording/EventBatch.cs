using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>A run of merged events on their way into the file, row by row.</summary>
internal sealed class EventBatch(int capacity)
{
    /// <summary>How many rows it can take.</summary>
    public int Capacity => Records.Length;

    /// <summary>The events.</summary>
    public EventRecord[] Records { get; } = new EventRecord[capacity];

    /// <summary>Each event's source, by index.</summary>
    public ushort[] Sources { get; } = new ushort[capacity];

    /// <summary>Each event's place in its source's count.</summary>
    public ulong[] Counts { get; } = new ulong[capacity];

    /// <summary>Each event's note.</summary>
    public string?[] Notes { get; } = new string?[capacity];

    /// <summary>The sequence of the first row.</summary>
    public ulong FirstSequence { get; private set; }

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Every presence bit that some row has: a column that none has costs nothing.</summary>
    public uint Presence { get; private set; }

    /// <summary>Empties it.</summary>
    public void Begin(ulong firstSequence)
    {
        FirstSequence = firstSequence;
        Count = 0;
        Presence = 0;
    }

    /// <summary>Adds a row.</summary>
    public void Add(in EventRecord record, int source, ulong count, string? note)
    {
        var row = Count++;
        Records[row] = record;
        Sources[row] = (ushort)source;
        Counts[row] = count;
        Notes[row] = note;
        Presence |= record.Presence;
    }
}
