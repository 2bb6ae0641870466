using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>A virtio function of the traced machine: what its registers hold, as far as the trace shows.</summary>
internal sealed class QemuFunction(ushort device, string name)
{
    /// <summary>QEMU's modern BAR: common, ISR, device and notification structures, a page each, in this order.</summary>
    public const ulong BarBytes = 4 * StructureBytes;

    private const ulong StructureBytes = 0x1000;

    private static readonly string[] structures = ["common", "isr", "device", "notify"];

    /// <summary>Number in the run.</summary>
    public ushort Device => device;

    /// <summary>QEMU's name of the device model, such as <c>virtio-blk</c>.</summary>
    public string Name => name;

    /// <summary>Selected by the last write; null before there was one.</summary>
    public uint? DeviceFeatureSelect { get; set; }

    /// <summary>Selected by the last write; null before there was one.</summary>
    public uint? DriverFeatureSelect { get; set; }

    /// <summary>Selected by the last write; null before there was one.</summary>
    public ushort? QueueSelect { get; set; }

    /// <summary>A write of 0 to device status is being executed: what QEMU does next is the reset.</summary>
    public bool IsBeingReset { get; set; }

    /// <summary>Doorbells whose register write the trace shows: QEMU's own line about them tells nothing new.</summary>
    public HashSet<ulong> Rung { get; } = [];

    /// <summary>Where in the BAR a structure begins, by QEMU's name of its memory region; null for any other region.</summary>
    public static ulong? StructureAt(ReadOnlySpan<char> structure)
    {
        for (var index = 0; index < structures.Length; index++)
        {
            if (structure.SequenceEqual(structures[index])) return (ulong)index * StructureBytes;
        }

        return null;
    }

    /// <summary>The access that this is, in the words of the common configuration structure.</summary>
    /// <param name="offset">From the structure's start.</param>
    /// <param name="width">Bytes.</param>
    /// <param name="value">What was read or written.</param>
    /// <param name="bar">The BAR's number, null if unknown.</param>
    public RegisterAccess Common(ulong offset, byte width, ulong value, byte? bar)
    {
        var (register, natural) = CommonConfig.RegisterAt(offset);
        if (natural != width) register = RegisterName.Unknown;
        var selected = register == RegisterName.QueueSelect ? unchecked((ushort)value) : QueueSelect;
        return new RegisterAccess(
            register, AddressSpace.Bar, offset, (uint)offset, width,
            CommonConfig.IsQueueRegister(offset) ? selected ?? EventRecord.None : EventRecord.None,
            bar,
            register switch
            {
                RegisterName.DeviceFeature => Word(DeviceFeatureSelect),
                RegisterName.DriverFeature => Word(DriverFeatureSelect),
                _ => null,
            });
    }

    /// <summary>Remembers what a write selects.</summary>
    public void Written(RegisterName register, ulong value)
    {
        switch (register)
        {
            case RegisterName.DeviceFeatureSelect: DeviceFeatureSelect = unchecked((uint)value); break;
            case RegisterName.DriverFeatureSelect: DriverFeatureSelect = unchecked((uint)value); break;
            case RegisterName.QueueSelect: QueueSelect = unchecked((ushort)value); break;
            case RegisterName.DeviceStatus when value == 0:
                (DeviceFeatureSelect, DriverFeatureSelect, QueueSelect, IsBeingReset) = (0, 0, 0, true);
                Rung.Clear();
                break;
        }
    }

    private static byte? Word(uint? select) => select is { } word and <= byte.MaxValue ? (byte)word : null;
}
