using Tracing.Virtio.Memory;

namespace Tracing.Virtio.Device;

/// <summary>
/// What makes a device one of its type: its identity, its configuration, its requests. Transport, rings and interrupts are
/// the same for all.
/// </summary>
public abstract class DeviceModel
{
    private protected DeviceModel()
    {
    }

    /// <summary>Virtio device type (virtio 1.3 §5).</summary>
    public abstract ushort Type { get; }

    /// <summary>What a type's name is in messages: "virtio-blk".</summary>
    public abstract string Name { get; }

    /// <summary>PCI class code: class, subclass, programming interface.</summary>
    internal abstract uint ClassCode { get; }

    /// <summary>PCI device id of the legacy interface (virtio 1.3 §4.1.2.3).</summary>
    internal abstract ushort LegacyPciId { get; }

    /// <summary>Makes the device-specific configuration.</summary>
    internal abstract IDeviceConfiguration CreateConfiguration(FeatureSet offered, DeviceOptions options);

    /// <summary>Makes what carries out the requests of one queue.</summary>
    internal abstract IRequestService CreateService(
        SplitQueue queue, DeviceSituation situation, IBusMemory memory, DeviceOptions options, byte[] scratch);
}

/// <summary>The device-specific configuration. Bytes that are no field read as 0 and ignore writes.</summary>
internal interface IDeviceConfiguration
{
    /// <summary>How many bytes there are; 0 = the type has no configuration.</summary>
    uint Bytes { get; }

    /// <summary>Reads.</summary>
    ulong Read(ulong offset, int width);

    /// <summary>Writes.</summary>
    void Write(ulong offset, int width, ulong value);

    /// <summary>Takes up what changed outside, such as a medium's size.</summary>
    void Refresh();
}

/// <summary>Carries out the requests of one queue: one contiguous range of memory a step.</summary>
internal interface IRequestService
{
    /// <summary>Bytes written from the chain's first writable one on.</summary>
    uint Written { get; }

    /// <summary>Begins with the chain that the situation shows.</summary>
    void Begin();

    /// <summary>Goes on with it.</summary>
    Progress Step();
}
