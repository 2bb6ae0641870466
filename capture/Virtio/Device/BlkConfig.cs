using System.Buffers.Binary;
using Tracing.Schemas;
using Tracing.Virtio.Block;
using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Device;

/// <summary>The device configuration of a block device (virtio 1.3 §5.2.4), read only as far as this device offers it.</summary>
internal sealed class BlkConfig : IDeviceConfiguration
{
    private readonly IBlockBackend backend;
    private readonly byte[] bytes = new byte[BlkLayout.ConfigBytes];
    private readonly bool hasCacheMode;

    public BlkConfig(IBlockBackend backend, FeatureSet offered, DeviceOptions options)
    {
        this.backend = backend;
        Refresh();
        // Two buffers of every request are its header and its status.
        if (offered.Has(FeatureBit.BlkSegMax))
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(BlkLayout.ConfigSegMax), (uint)Math.Max(1, options.QueueSize - 2));
        hasCacheMode = offered.Has(FeatureBit.BlkConfigWce);
        if (hasCacheMode) bytes[BlkLayout.ConfigWriteback] = 1;
        if (offered.Has(FeatureBit.BlkMultiQueue))
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(BlkLayout.ConfigNumQueues), options.Queues);
    }

    public uint Bytes => (uint)bytes.Length;

    public void Refresh() => BinaryPrimitives.WriteUInt64LittleEndian(bytes, backend.Length / BlkLayout.SectorBytes);

    public ulong Read(ulong offset, int width) => Little.Read(bytes, offset, width);

    /// <summary>Of all fields a driver sets only the cache's mode (virtio 1.3 §5.2.5); other writes change nothing.</summary>
    public void Write(ulong offset, int width, ulong value)
    {
        if (hasCacheMode && offset == BlkLayout.ConfigWriteback && width == 1)
            bytes[BlkLayout.ConfigWriteback] = (byte)(value & 1);
    }
}

/// <summary>The device configuration structure of the modern interface.</summary>
internal sealed class DeviceConfigRegisters(DeviceCore core, IDeviceConfiguration config, byte bar, uint start) : IRegisterFile
{
    public ulong Read(ulong offset, int width)
    {
        var value = config.Read(offset, width);
        core.Probes.RegisterRead(Access(offset, width), value);
        return value;
    }

    public void Write(ulong offset, int width, ulong value)
    {
        core.Probes.RegisterWrite(Access(offset, width), value);
        config.Write(offset, width, value);
    }

    private RegisterAccess Access(ulong offset, int width)
        => new(RegisterName.DeviceConfig, AddressSpace.Bar, start + offset, (uint)offset, (byte)width, Slot: bar);
}
