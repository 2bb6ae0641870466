namespace Tracing.Virtio.Driver;

/// <summary>The steps of initialisation (virtio 1.3 §3.1.1), those of the PCI transport included.</summary>
public enum InitStep : byte
{
    /// <summary>Write 0 to the device status.</summary>
    Reset,

    /// <summary>Read the device status until it is 0.</summary>
    AwaitReset,

    /// <summary>Set ACKNOWLEDGE.</summary>
    Acknowledge,

    /// <summary>Set DRIVER.</summary>
    Driver,

    /// <summary>Read the offered features.</summary>
    ReadFeatures,

    /// <summary>Write the accepted features.</summary>
    WriteFeatures,

    /// <summary>Set FEATURES_OK.</summary>
    FeaturesOk,

    /// <summary>Read the device status again: is FEATURES_OK still set?</summary>
    ConfirmFeatures,

    /// <summary>Read the device-specific configuration.</summary>
    ReadConfig,

    /// <summary>Per queue: read and write the size, read the doorbell's place, obtain memory.</summary>
    DiscoverQueues,

    /// <summary>Map interrupt vectors and read them back.</summary>
    MapVectors,

    /// <summary>Zero the queue areas.</summary>
    ZeroRings,

    /// <summary>Write the queue areas' addresses.</summary>
    WriteAddresses,

    /// <summary>Enable the queues.</summary>
    EnableQueues,

    /// <summary>Set DRIVER_OK.</summary>
    DriverOk,
}

/// <summary>The steps of leaving a device.</summary>
public enum StopStep : byte
{
    /// <summary>Write 0 to the device status.</summary>
    Reset,

    /// <summary>Read the device status until it is 0: only now has the device let go of memory.</summary>
    AwaitReset,

    /// <summary>Unmap the buffers that the device still had.</summary>
    ReleaseBuffers,

    /// <summary>Unmap the queue areas.</summary>
    ReleaseRings,
}

/// <summary>The orders that a right driver keeps.</summary>
public static class DriverSteps
{
    /// <summary>Initialisation on the modern interface.</summary>
    public static IReadOnlyList<InitStep> Modern { get; } = Enum.GetValues<InitStep>();

    /// <summary>Initialisation on the legacy interface, which has neither FEATURES_OK nor queue_enable (virtio 1.3 §3.1.2).</summary>
    public static IReadOnlyList<InitStep> Legacy { get; } =
    [
        InitStep.Reset, InitStep.AwaitReset, InitStep.Acknowledge, InitStep.Driver, InitStep.ReadFeatures,
        InitStep.WriteFeatures, InitStep.ReadConfig, InitStep.DiscoverQueues, InitStep.ZeroRings,
        InitStep.WriteAddresses, InitStep.DriverOk,
    ];

    /// <summary>Leaving the device.</summary>
    public static IReadOnlyList<StopStep> Stop { get; } = Enum.GetValues<StopStep>();
}
