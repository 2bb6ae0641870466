namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// The mappings that last, by bus address. Behind an IOMMU several devices may have one at the same address: then only a line
/// that names the device tells which of them ends.
/// </summary>
internal sealed class FtraceMappings
{
    private const int MostMappings = 1 << 18;

    private readonly Dictionary<ulong, List<FtraceMapping>> byAddress = [];
    private int count;

    /// <summary>A mapping is made. Where too many last, the others are forgotten: their end then names no mapping.</summary>
    public void Add(ulong address, FtraceMapping mapping)
    {
        if (count == MostMappings)
        {
            byAddress.Clear();
            count = 0;
        }

        if (!byAddress.TryGetValue(address, out var there)) byAddress[address] = there = [];
        // Whatever this device had there is over: its end was missed.
        count -= there.RemoveAll(other => other.DmaName == mapping.DmaName);
        there.Add(mapping);
        count++;
    }

    /// <summary>A mapping ends.</summary>
    /// <param name="address">Its bus address.</param>
    /// <param name="length">Bytes: a mapping ends as a whole.</param>
    /// <param name="dmaName">What the line calls the device, null if it does not say.</param>
    /// <returns>The mapping; null if there is none, or if there are several that it may be.</returns>
    public FtraceMapping? Remove(ulong address, ulong? length, string? dmaName)
    {
        if (!byAddress.TryGetValue(address, out var there)) return null;
        var found = there.FindAll(mapping => (dmaName is null || mapping.DmaName is null || mapping.DmaName == dmaName)
            && (length is null || mapping.Length is null || mapping.Length == length));
        if (found.Count != 1) return null;
        there.Remove(found[0]);
        count--;
        if (there.Count == 0) byAddress.Remove(address);
        return found[0];
    }
}
