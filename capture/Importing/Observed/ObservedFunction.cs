using Tracing.Schemas;
using Tracing.Virtio.Mmio;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.Observed;

/// <summary>A virtio device by what is seen of its registers: it remembers what was selected, and names what is accessed.</summary>
internal sealed class ObservedFunction(ushort device, string name, ulong? type)
{
    /// <summary>Number in the run.</summary>
    public ushort Device => device;

    /// <summary>What the recording calls it.</summary>
    public string Name => name;

    /// <summary>The virtio device type; null if nothing says which.</summary>
    public ulong? Type => type;

    /// <summary>Its configuration space, as far as it was traced.</summary>
    public ObservedConfigSpace Config { get; init; } = new();

    /// <summary>Whether its capabilities were told, which happens once: when all of them are known.</summary>
    public bool HasToldCapabilities { get; set; }

    /// <summary>The bounce-buffer window that was told of, with the region's number; null if none is.</summary>
    public (ushort Region, ulong Start, ulong Length)? Window { get; set; }

    /// <summary>What its queues were set to, and which features the driver accepted.</summary>
    public ObservedQueues Queues { get; } = new();

    /// <summary>A write of 0 to device status is being executed.</summary>
    public bool IsBeingReset { get; set; }

    private uint? DeviceFeatureSelect { get; set; }

    private uint? DriverFeatureSelect { get; set; }

    private ushort? QueueSelect { get; set; }

    /// <summary>
    /// The register at an offset into a BAR, by the capabilities that were read; the first of a type counts (virtio 1.3
    /// §4.1.4.1). Null where no structure lies.
    /// </summary>
    /// <param name="bar">The BAR.</param>
    /// <param name="offset">Offset into it.</param>
    /// <param name="width">Bytes.</param>
    /// <param name="value">What was read or written.</param>
    public ObservedRegister? InBar(byte bar, ulong offset, byte width, ulong value)
    {
        ObservedCapability? nearest = null;
        foreach (var capability in Config.Capabilities())
        {
            if (capability.Bar != bar || capability.Offset is not { } begin || begin > offset || !IsRegisters(capability.Type)) continue;
            if (capability.Length is { } length and > 0 && offset - begin >= length) continue;
            if (nearest is null || begin > nearest.Offset) nearest = capability;
        }

        return nearest is null ? null : InStructure(nearest.Type, nearest.Offset!.Value, offset, width, value, bar);
    }

    /// <summary>The register at an offset into a BAR of which the structure is known.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="begin">Where in the BAR it begins.</param>
    /// <param name="offset">Offset into the BAR.</param>
    /// <param name="width">Bytes.</param>
    /// <param name="value">What was read or written.</param>
    /// <param name="bar">The BAR's number; null if unknown.</param>
    public ObservedRegister InStructure(CapabilityType structure, ulong begin, ulong offset, byte width, ulong value, byte? bar)
    {
        var inside = offset - begin;
        var register = structure switch
        {
            CapabilityType.Common => CommonRegister(inside, width),
            CapabilityType.Isr => RegisterName.IsrStatus,
            CapabilityType.Device => RegisterName.DeviceConfig,
            CapabilityType.Notify => RegisterName.QueueNotify,
            _ => RegisterName.Unknown,
        };
        var isQueue = structure == CapabilityType.Common && CommonConfig.IsQueueRegister(inside);
        return new ObservedRegister(
            new RegisterAccess(
                register, AddressSpace.Bar, offset, unchecked((uint)inside), width, isQueue ? QueueOf(register, value) : EventRecord.None, bar,
                WordOf(register)),
            structure == CapabilityType.Notify);
    }

    /// <summary>The register at an offset into a legacy header (virtio 1.3 §4.1.4.10).</summary>
    public ObservedRegister InLegacyHeader(ulong offset, byte width, ulong value)
    {
        var (register, natural) = LegacyHeader.RegisterAt(offset);
        // Behind the fixed part: vectors while MSI-X is on, configuration otherwise. Vectors are 16 bits wide.
        if (offset >= LegacyHeader.BytesWithoutMsix && natural != width) register = RegisterName.DeviceConfig;
        else if (natural != width) register = RegisterName.Unknown;
        var isQueue = register is RegisterName.QueueSize or RegisterName.QueuePageFrame or RegisterName.QueueMsixVector or RegisterName.QueueSelect;
        return new ObservedRegister(
            new RegisterAccess(
                register, AddressSpace.Bar, offset, unchecked((uint)offset), width, isQueue ? QueueOf(register, value) : EventRecord.None, Slot: 0,
                FeatureWord: register is RegisterName.DeviceFeature or RegisterName.DriverFeature ? (byte)0 : null),
            register == RegisterName.QueueNotify);
    }

    /// <summary>The register at an offset into a virtio-mmio device (virtio 1.3 §4.2.2).</summary>
    public ObservedRegister InMmio(ulong offset, byte width, ulong value)
    {
        var isConfiguration = offset >= MmioRegisters.Configuration;
        var register = isConfiguration ? RegisterName.DeviceConfig : MmioRegisters.RegisterAt(offset);
        if (!isConfiguration && width != sizeof(uint)) register = RegisterName.Unknown;
        var isQueue = register is RegisterName.QueueSelect or RegisterName.QueueSize or RegisterName.QueueAlign or RegisterName.QueuePageFrame
            or RegisterName.QueueEnable or RegisterName.QueueReset or (>= RegisterName.QueueDescLow and <= RegisterName.QueueDeviceHigh);
        return new ObservedRegister(
            new RegisterAccess(
                register, AddressSpace.Mmio, offset, unchecked((uint)(isConfiguration ? offset - MmioRegisters.Configuration : offset)), width,
                isQueue ? QueueOf(register, value) : EventRecord.None, null, WordOf(register)),
            register == RegisterName.QueueNotify);
    }

    /// <summary>Remembers what a write selects; a reset selects nothing else than word and queue 0.</summary>
    public void Written(RegisterName register, ulong value)
    {
        switch (register)
        {
            case RegisterName.DeviceFeatureSelect: DeviceFeatureSelect = unchecked((uint)value); break;
            case RegisterName.DriverFeatureSelect: DriverFeatureSelect = unchecked((uint)value); break;
            case RegisterName.QueueSelect: QueueSelect = unchecked((ushort)value); break;
            case RegisterName.DeviceStatus when value == 0:
                (DeviceFeatureSelect, DriverFeatureSelect, QueueSelect, IsBeingReset) = (0, 0, 0, true);
                break;
        }
    }

    /// <summary>An address may be written in two halves or at once (virtio 1.3 §4.1.3.1).</summary>
    private static RegisterName CommonRegister(ulong offset, byte width) => (offset, width) switch
    {
        (CommonConfig.QueueDesc, sizeof(ulong)) => RegisterName.QueueDesc,
        (CommonConfig.QueueDriver, sizeof(ulong)) => RegisterName.QueueDriver,
        (CommonConfig.QueueDevice, sizeof(ulong)) => RegisterName.QueueDevice,
        _ => CommonConfig.RegisterAt(offset) is var (name, natural) && natural == width ? name : RegisterName.Unknown,
    };

    private static bool IsRegisters(CapabilityType type)
        => type is CapabilityType.Common or CapabilityType.Notify or CapabilityType.Isr or CapabilityType.Device;

    private ushort QueueOf(RegisterName register, ulong value)
        => register == RegisterName.QueueSelect ? unchecked((ushort)value) : QueueSelect ?? EventRecord.None;

    private byte? WordOf(RegisterName register) => register switch
    {
        RegisterName.DeviceFeature => Word(DeviceFeatureSelect),
        RegisterName.DriverFeature => Word(DriverFeatureSelect),
        _ => null,
    };

    private static byte? Word(uint? select) => select is { } word and <= byte.MaxValue ? (byte)word : null;
}
