namespace Tracing.Schemas;

/// <summary>Who performed, or in the case of <see cref="Recorder"/> reports, an event. Stored as its snake-case name.</summary>
public enum Actor : byte
{
    /// <summary>The virtio driver.</summary>
    Driver,

    /// <summary>The virtio device, register file included.</summary>
    Device,

    /// <summary>What stands between them: bus, memory map, IOMMU, firmware, hypervisor.</summary>
    Platform,

    /// <summary>The recording itself: losses, snapshots, joints between parts.</summary>
    Recorder,
}
