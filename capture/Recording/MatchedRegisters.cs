using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>
/// Register accesses that driver and device both recorded: a write is the driver's first and the device's then, a read the
/// other way round. The n-th of one side is the n-th of the same register and value on the other.
/// </summary>
/// <remarks>Only registers in BARs: configuration space is also accessed by firmware and bus code, which record nothing.</remarks>
internal sealed class MatchedRegisters
{
    /// <summary>What stays unmatched is forgotten beyond this.</summary>
    private const int MostPending = 1 << 16;

    private readonly Dictionary<Access, Queue<int>> pending = [];
    private int count;

    /// <summary>Whether the end that began this access is still to come.</summary>
    public bool MustWait(in EventRecord record)
        => AccessOf(in record) is { IsSecond: true } access && !pending.ContainsKey(access.Place);

    /// <summary>Takes note of an access that got its place; gives the source of the end that it matches, or null.</summary>
    public int? Placed(in EventRecord record, int source)
    {
        if (AccessOf(in record) is not { } access) return null;
        if (!access.IsSecond)
        {
            if (count++ >= MostPending) Forget();
            if (!pending.TryGetValue(access.Place, out var waiting)) pending[access.Place] = waiting = new Queue<int>();
            waiting.Enqueue(source);
            return null;
        }

        if (!pending.TryGetValue(access.Place, out var begun)) return null;
        var other = begun.Dequeue();
        count--;
        if (begun.Count == 0) pending.Remove(access.Place);
        return other == source ? null : other;
    }

    private void Forget()
    {
        pending.Clear();
        count = 1;
    }

    private static (Access Place, bool IsSecond)? AccessOf(in EventRecord record)
    {
        if (record.Kind is not (EventKind.RegisterWrite or EventKind.RegisterRead or EventKind.Doorbell)) return null;
        if (record.Actor is not (Actor.Driver or Actor.Device)) return null;
        if (record.AddressSpace is not Schemas.AddressSpace.Bar || record.Address is not { } address) return null;
        var begunBy = record.Kind == EventKind.RegisterRead ? Actor.Device : Actor.Driver;
        return (new Access(record.Kind, record.Device, address, record.Value), record.Actor != begunBy);
    }

    private readonly record struct Access(EventKind Kind, ushort Device, ulong Address, ulong? Value);
}
