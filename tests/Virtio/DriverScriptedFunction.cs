using System.Buffers.Binary;
using Tracing.Virtio;
using Tracing.Virtio.Block;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Tests.Virtio;

/// <summary>
/// A function that a test scripts: registers in plain fields, rings served by <see cref="Serve"/> in one go. Its member
/// delegates are where a test makes it lie.
/// </summary>
internal sealed class ScriptedFunction : IPciBus
{
    public const ulong RegionStart = 0x1_0000_0000;
    public const int RegionBytes = 1 << 20;
    private const int Common = 0x000;
    private const int Notify = 0x100;
    private const int Isr = 0x200;
    private const int Device = 0x300;
    private readonly byte[] config = new byte[256];
    private readonly IBusMemory memory;
    private readonly Dictionary<ulong, ulong> registers = [];
    private readonly Dictionary<(int Queue, ulong Offset), ulong> queueRegisters = [];
    private readonly Dictionary<int, RingIndex> taken = [];

    public ScriptedFunction(IBusMemory memory)
    {
        this.memory = memory;
        config[PciConfig.Status] = 0x10;
        config[PciConfig.CapabilitiesPointer] = 0x40;
        BinaryPrimitives.WriteUInt32LittleEndian(config.AsSpan(PciConfig.Bar0), 0xc000_0000);
        BinaryPrimitives.WriteUInt64LittleEndian(config.AsSpan(PciConfig.Bar0 + 8), RegionStart | 0xc);
        Capability(0x40, 0x54, CapabilityType.Common, 0, Common, 0x40);
        Capability(0x54, 0x68, CapabilityType.Notify, 0, Notify, 0x100);
        Capability(0x68, 0x7c, CapabilityType.Isr, 0, Isr, 4);
        Capability(0x7c, 0x90, CapabilityType.Device, 0, Device, 64);
        Capability(0x90, 0x00, CapabilityType.Swiotlb, 2, 0, RegionBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(config.AsSpan(0x54 + 16), 4);
    }

    public FeatureSet Offered { get; set; } = DriverEpoch.DefaultFeatures.Without(FeatureBit.BlkMultiQueue);

    /// <summary>What the status register shows, given what was last written.</summary>
    public Func<byte, byte> Status { get; set; } = written => written;

    public uint QueueSize { get; set; } = 16;

    public byte[] ConfigSpace => config;

    public bool AnyQueueTouched => queueRegisters.Count > 0;

    public uint ReadConfig(int offset, int width) => width switch
    {
        1 => config[offset],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(config.AsSpan(offset)),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(config.AsSpan(offset)),
    };

    public void WriteConfig(int offset, int width, uint value)
    {
        for (var lane = 0; lane < width; lane++) config[offset + lane] = (byte)(value >> (8 * lane));
    }

    public ulong ReadBar(int bar, ulong offset, int width)
    {
        if (offset >= Isr) return offset == Device ? 2048ul : 0;
        return offset switch
        {
            CommonConfig.DeviceFeature => Offered.Word((uint)registers.GetValueOrDefault<ulong, ulong>(CommonConfig.DeviceFeatureSelect)),
            CommonConfig.DeviceStatus => Status((byte)registers.GetValueOrDefault<ulong, ulong>(offset)),
            CommonConfig.QueueSize => QueueSize,
            CommonConfig.QueueNotifyOff => Selected,
            _ => IsQueue(offset) ? queueRegisters.GetValueOrDefault(((int)Selected, offset)) : registers.GetValueOrDefault(offset),
        };
    }

    public void WriteBar(int bar, ulong offset, int width, ulong value)
    {
        if (IsQueue(offset)) queueRegisters[((int)Selected, offset)] = value;
        else registers[offset] = value;
    }

    /// <summary>The rings as the driver announced them.</summary>
    public SplitLayout LayoutOf(int queue) => new(
        Tracing.Virtio.Virtqueue.QueueSize.Of((uint)queueRegisters[(queue, CommonConfig.QueueSize)]),
        Address(queue, CommonConfig.QueueDesc),
        Address(queue, CommonConfig.QueueDriver),
        Address(queue, CommonConfig.QueueDevice));

    /// <summary>Whether the queue is enabled and the driver ready.</summary>
    public bool IsLive => ((byte)registers.GetValueOrDefault<ulong, ulong>(CommonConfig.DeviceStatus) & (byte)DeviceStatus.DriverOk) != 0;

    /// <summary>Heads that are available and not yet taken.</summary>
    public IReadOnlyList<ushort> TakeAvailable(int queue)
    {
        var layout = LayoutOf(queue);
        var next = taken.GetValueOrDefault(queue);
        memory.TryLoad16(layout.AvailableIndex, out var available);
        var heads = new List<ushort>();
        for (; next.Value != available; next = next.Plus(1))
        {
            memory.TryLoad16(layout.AvailableEntryAt(layout.Size.SlotOf(next)), out var head);
            heads.Add(head);
        }

        taken[queue] = next;
        return heads;
    }

    /// <summary>Writes a used entry and moves the used index.</summary>
    public void Use(int queue, uint id, uint length, int advance = 1)
    {
        var layout = LayoutOf(queue);
        memory.TryLoad16(layout.UsedIndex, out var index);
        Span<byte> entry = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, id);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], length);
        memory.TryWrite(layout.UsedEntryAt(layout.Size.SlotOf(new(index))), entry);
        memory.TryStore16(layout.UsedIndex, new RingIndex(index).Plus(advance).Value);
    }

    /// <summary>Writes the OK status at the end of a chain; returns its descriptors.</summary>
    public IReadOnlyList<Descriptor> Complete(int queue, ushort head)
    {
        var chain = Walk(queue, head);
        memory.TryWrite(chain[^1].Address + chain[^1].Length - 1, [(byte)BlkStatus.Ok]);
        return chain;
    }

    /// <summary>Gives back everything that is available.</summary>
    public void Serve(int queue = 0)
    {
        foreach (var head in TakeAvailable(queue))
        {
            Complete(queue, head);
            Use(queue, head, 1);
        }
    }

    private ulong Selected => registers.GetValueOrDefault<ulong, ulong>(CommonConfig.QueueSelect);

    private static bool IsQueue(ulong offset) => offset is >= CommonConfig.QueueSize and < CommonConfig.AdminQueueIndex;

    private List<Descriptor> Walk(int queue, ushort head)
    {
        var table = LayoutOf(queue).DescriptorArea;
        var chain = new List<Descriptor>();
        Span<byte> bytes = stackalloc byte[Descriptor.SizeInBytes];
        for (var slot = head; ; slot = chain[^1].Next)
        {
            memory.TryRead(table + (ulong)slot * Descriptor.SizeInBytes, bytes);
            var descriptor = Descriptor.Read(bytes);
            if (descriptor.IsIndirect)
            {
                table = descriptor.Address;
                memory.TryRead(table, bytes);
                descriptor = Descriptor.Read(bytes);
            }

            chain.Add(descriptor);
            if (!descriptor.HasNext) return chain;
        }
    }

    private ulong Address(int queue, ulong offset)
        => queueRegisters.GetValueOrDefault((queue, offset)) | (queueRegisters.GetValueOrDefault((queue, offset + 4)) << 32);

    private void Capability(int place, byte next, CapabilityType type, byte bar, uint offset, uint length)
    {
        config[place] = PciConfig.VendorCapability;
        config[place + CapabilityLayout.Next] = next;
        config[place + CapabilityLayout.CapabilityLength] = CapabilityLayout.SizeWithExtraBytes;
        config[place + CapabilityLayout.Type] = (byte)type;
        config[place + CapabilityLayout.Bar] = bar;
        BinaryPrimitives.WriteUInt32LittleEndian(config.AsSpan(place + CapabilityLayout.Offset), offset);
        BinaryPrimitives.WriteUInt32LittleEndian(config.AsSpan(place + CapabilityLayout.Length), length);
    }
}
