using Tracing.Schemas;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Device;

/// <summary>What a device is connected to.</summary>
public sealed record DeviceSurroundings
{
    /// <summary>The bus, in which the platform maps the device's BARs.</summary>
    public required GuestMemory Bus { get; init; }

    /// <summary>Memory as the device's DMA reaches it; <see cref="Bus"/> itself unless something stands between.</summary>
    public IBusMemory? Dma { get; init; }

    /// <summary>Where interrupts go.</summary>
    public required IInterruptSink Interrupts { get; init; }

    /// <summary>What kind of device it is.</summary>
    public required DeviceModel Model { get; init; }

    /// <summary>The platform's voice.</summary>
    public required PlatformProbes Platform { get; init; }

    /// <summary>The device's source; null = nobody listens.</summary>
    public IEventSink? Sink { get; init; }

    /// <summary>The bytes of the bounce-buffer region; made by the device if null.</summary>
    public IMemoryBacking? Region { get; init; }

    /// <summary>How the driver's processor maps the bounce-buffer region.</summary>
    public RegionAttribute RegionAttribute { get; init; } = RegionAttribute.WriteBack;

    /// <summary>The device's decisions.</summary>
    public DeviceConduct Conduct { get; init; } = new();
}
