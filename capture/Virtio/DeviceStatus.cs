namespace Tracing.Virtio;

/// <summary>The bits of the device status field (virtio 1.3 §2.1).</summary>
[Flags]
public enum DeviceStatus : byte
{
    /// <summary>After a reset.</summary>
    None = 0,

    /// <summary>The driver side noticed the device.</summary>
    Acknowledge = 1,

    /// <summary>It knows how to drive it.</summary>
    Driver = 2,

    /// <summary>The driver is ready: the device is live.</summary>
    DriverOk = 4,

    /// <summary>The driver accepted features; still set when read back = so did the device.</summary>
    FeaturesOk = 8,

    /// <summary>The device met an error from which only a reset leads out.</summary>
    NeedsReset = 0x40,

    /// <summary>The driver gave up on the device.</summary>
    Failed = 0x80,
}
