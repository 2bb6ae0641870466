namespace Tracing.Schemas;

/// <summary>How the driver's processor maps a region.</summary>
public enum RegionAttribute : byte
{
    /// <summary>Cached, write back: ordinary memory.</summary>
    WriteBack = 1,

    /// <summary>Write combining: stores may pass one another in spite of an SMP barrier.</summary>
    WriteCombining,

    /// <summary>Uncached device memory.</summary>
    Uncached,
}

/// <summary>How the recording knows of a region. What a region is for follows from this.</summary>
public enum RegionOrigin : byte
{
    /// <summary>System memory.</summary>
    SystemMemory = 1,

    /// <summary>The bounce-buffer region of <c>device</c>, found by its SWIOTLB capability (PCI capability 10).</summary>
    Capability,

    /// <summary>A BAR of <c>device</c>.</summary>
    Bar,

    /// <summary>A reserved-memory node of the device tree, possibly shared by devices.</summary>
    DeviceTree,

    /// <summary>A window that whoever recorded the run declared; nobody negotiated it.</summary>
    Declared,

    /// <summary>
    /// What a driver prefers as its bounce buffer although no capability names it: where both sides lie in it, the region's
    /// exemption from ORDER_PLATFORM is tried out, and nothing is confined to it.
    /// </summary>
    Preferred,
}
