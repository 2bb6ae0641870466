namespace Tracing.Capture.Importing.Ftrace;

/// <summary>Events of the kernel's own that are made use of.</summary>
internal enum FtraceEvent
{
    /// <summary>What is mapped goes through the bounce buffer.</summary>
    Bounced,

    /// <summary>Memory was mapped for DMA.</summary>
    Mapped,

    /// <summary>A list of memory was.</summary>
    ListMapped,

    /// <summary>Memory was allocated for DMA.</summary>
    Allocated,

    /// <summary>Such memory was given up.</summary>
    Unmapped,
}
