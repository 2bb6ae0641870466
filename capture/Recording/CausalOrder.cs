using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>
/// What must stand before what whatever the clocks say: a hand-over's release before its acquire, the store of a ring
/// index before the load that saw its value, and of a register access that both sides recorded the end that began it.
/// </summary>
/// <param name="registers">Register accesses that both sides record, or null.</param>
internal sealed class CausalOrder(MatchedRegisters? registers = null)
{
    /// <summary>Hostile journals may name ever new hand-overs and addresses; beyond this, old ones are forgotten.</summary>
    private const int MaxRemembered = 1 << 20;

    private const int HalfOfIndices = 1 << 15;
    private readonly Dictionary<ulong, int> releasedBy = [];
    private readonly Dictionary<(int Space, ulong Address), (ushort Value, int Source)> indices = [];
    private readonly HashSet<(int First, int Second)> respected = [];
    private readonly HashSet<(int First, int Second)> broken = [];

    /// <summary>Whether hand-overs or reads put these two sources in order, without a contradiction.</summary>
    public bool Orders(int first, int second)
    {
        var pair = Pair(first, second);
        return respected.Contains(pair) && !broken.Contains(pair);
    }

    /// <summary>Whether an event that must come before this one is still to come.</summary>
    public bool MustWait(in EventRecord record)
    {
        if (record.Kind == EventKind.HandoverAcquire)
            return record.SyncId is { } sync && !releasedBy.ContainsKey(sync);
        if (registers?.MustWait(in record) == true) return true;
        return IsIndexRead(in record, out var place, out var value)
            && value != (indices.TryGetValue(place, out var known) ? known.Value : 0)
            && IsAhead(value, known.Value);
    }

    /// <summary>Takes note of an event that got its place.</summary>
    public void Placed(in EventRecord record, int source)
    {
        if (registers?.Placed(in record, source) is { } other) respected.Add(Pair(other, source));
        if (record.Kind is EventKind.HandoverRelease && record.SyncId is { } released)
        {
            if (releasedBy.Count >= MaxRemembered) releasedBy.Clear();
            releasedBy[released] = source;
        }
        else if (record.Kind is EventKind.HandoverAcquire && record.SyncId is { } acquired)
        {
            if (releasedBy.Remove(acquired, out var from)) respected.Add(Pair(from, source));
        }
        else if (IsIndexRead(in record, out var read, out var seen))
        {
            if (!indices.TryGetValue(read, out var known) || known.Source == source) return;
            (IsAhead(seen, known.Value) ? broken : respected).Add(Pair(known.Source, source));
        }
        else if (record.Kind is EventKind.Store or EventKind.DmaWrite && IsIndex(in record, out var place, out var value))
        {
            if (indices.Count >= MaxRemembered) indices.Clear();
            indices[place] = (value, source);
        }
    }

    private static bool IsIndexRead(in EventRecord record, out (int Space, ulong Address) place, out ushort value)
    {
        (place, value) = (default, 0);
        return record.Kind is EventKind.Load or EventKind.DmaRead && IsIndex(in record, out place, out value);
    }

    private static bool IsIndex(in EventRecord record, out (int Space, ulong Address) place, out ushort value)
    {
        (place, value) = (default, 0);
        if (record.Part is not (Part.AvailableIndex or Part.UsedIndex)) return false;
        if (record.Value is not { } stored || record.Address is not { } address) return false;
        (place, value) = ((record.Spaces & 0xf, address), unchecked((ushort)stored));
        return true;
    }

    /// <summary>Whether a ring index was yet to reach <paramref name="value"/>: indices wrap at 2^16.</summary>
    private static bool IsAhead(ushort value, ushort known)
        => unchecked((ushort)(value - known)) is > 0 and < HalfOfIndices;

    private static (int First, int Second) Pair(int one, int other) => (Math.Min(one, other), Math.Max(one, other));
}
