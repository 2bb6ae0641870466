namespace Tracing.Virtio;

/// <summary>
/// The ordered pairs of accesses to a split virtqueue. S1 to S6 are the driver's, S7 to S11 the device's. Each member
/// names the place between the two accesses where a barrier belongs.
/// </summary>
public enum BarrierSite : byte
{
    /// <summary>Driver: payload, descriptors and available entry, then the available index (virtio 1.3 §2.7.13.3).</summary>
    S1 = 1,

    /// <summary>Driver: available index, then reading used flags or avail_event (virtio 1.3 §2.7.13.4).</summary>
    S2,

    /// <summary>Driver: reading the used index, then used entry and payload.</summary>
    S3,

    /// <summary>Driver: used_event or available flags, then reading the used index again.</summary>
    S4,

    /// <summary>Driver: reading the used entry, then storing to the descriptors and buffers that it returned.</summary>
    S5,

    /// <summary>Driver: available index, then the doorbell. The ordering is the doorbell access's own.</summary>
    S6,

    /// <summary>Device: reading the available index, then entry, descriptors and payload.</summary>
    S7,

    /// <summary>Device: payload and used entry, then the used index (virtio 1.3 §2.7.8.2).</summary>
    S8,

    /// <summary>Device: used index, then reading available flags or used_event.</summary>
    S9,

    /// <summary>Device: avail_event or used flags, then reading the available index again.</summary>
    S10,

    /// <summary>Device: used index, then the interrupt. The ordering is the interrupt message's own.</summary>
    S11,
}
