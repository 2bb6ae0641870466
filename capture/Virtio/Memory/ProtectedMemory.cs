namespace Tracing.Virtio.Memory;

/// <summary>
/// Memory as a device reaches it through a platform that protects the guest: its own BARs and nothing else, until the
/// platform drops the protection.
/// </summary>
/// <param name="memory">All memory.</param>
/// <param name="probes">The platform's voice.</param>
/// <param name="device">The device.</param>
public sealed class ProtectedMemory(GuestMemory memory, PlatformProbes probes, ushort device) : IBusMemory
{
    private bool isDropped;

    /// <summary>From now on the device reaches all memory.</summary>
    public void Drop()
    {
        if (isDropped) return;
        isDropped = true;
        probes.Remark("the platform drops its protection: the device reaches system memory", device);
    }

    /// <inheritdoc/>
    public bool TryRead(ulong address, Span<byte> destination)
        => IsReachable(address, destination.Length) && memory.TryRead(address, destination);

    /// <inheritdoc/>
    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
        => IsReachable(address, source.Length) && memory.TryWrite(address, source);

    /// <inheritdoc/>
    public bool TryLoad16(ulong address, out ushort value)
    {
        value = 0;
        return IsReachable(address, sizeof(ushort)) && memory.TryLoad16(address, out value);
    }

    /// <inheritdoc/>
    public bool TryStore16(ulong address, ushort value)
        => IsReachable(address, sizeof(ushort)) && memory.TryStore16(address, value);

    private bool IsReachable(ulong address, int length)
    {
        if (isDropped) return true;
        foreach (var region in memory.Regions)
        {
            if (region.Backing is not null && region.Description.Device == device && region.Contains(address, (ulong)length))
                return true;
        }

        return false;
    }
}
