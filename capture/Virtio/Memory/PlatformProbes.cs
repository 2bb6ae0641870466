using Tracing.Schemas;

namespace Tracing.Virtio.Memory;

/// <summary>Everything that the platform says. Without a sink each costs a branch.</summary>
/// <param name="sink">The platform's source, or null.</param>
/// <param name="thread">The platform's execution context.</param>
public sealed class PlatformProbes(IEventSink? sink, ushort thread = 0)
{
    /// <summary>A device of this virtio device type becomes visible.</summary>
    public void DeviceAppeared(ushort device, ushort type, string name)
    {
        if (sink is null) return;
        sink.Write(new EventRecord(EventKind.DeviceAppeared, Actor.Platform, thread, device) { Value = type }, name);
    }

    /// <summary>A device is gone.</summary>
    public void DeviceRemoved(ushort device)
    {
        if (sink is null) return;
        sink.Write(new EventRecord(EventKind.DeviceRemoved, Actor.Platform, thread, device));
    }

    /// <summary>A region is mapped, in bus and processor addresses.</summary>
    public void RegionMapped(MemoryRegion region)
    {
        if (sink is null) return;
        var about = region.Description;
        var record = new EventRecord(EventKind.RegionMapped, Actor.Platform, thread, about.Device ?? EventRecord.None)
        {
            AddressSpace = AddressSpace.Bus,
            Address = region.BusBase,
            Length = region.Length,
            TargetSpace = about.OtherSpace,
            Target = region.CpuBase,
            RegionId = region.Id,
            RegionAttribute = about.Attribute,
            RegionOrigin = about.Origin,
            RegionShared = about.Shared,
            Slot = about.Bar,
        };
        sink.Write(record, about.Name);
    }

    /// <summary>A region is no longer mapped there.</summary>
    public void RegionUnmapped(MemoryRegion region)
    {
        if (sink is null) return;
        var device = region.Description.Device ?? EventRecord.None;
        sink.Write(new EventRecord(EventKind.RegionUnmapped, Actor.Platform, thread, device)
        {
            RegionId = region.Id,
            AddressSpace = AddressSpace.Bus,
            Address = region.BusBase,
            Length = region.Length,
        });
    }

    /// <summary>A remark, such as that the platform dropped its protection.</summary>
    public void Remark(string text, ushort? device = null, ulong? value = null)
    {
        if (sink is null) return;
        sink.Write(
            new EventRecord(EventKind.Remark, Actor.Platform, thread, device ?? EventRecord.None) { Value = value }, text);
    }
}
