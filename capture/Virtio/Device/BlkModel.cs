using Tracing.Virtio.Block;
using Tracing.Virtio.Memory;

namespace Tracing.Virtio.Device;

/// <summary>A block device (virtio 1.3 §5.2).</summary>
/// <param name="backend">The medium.</param>
public sealed class BlkModel(IBlockBackend backend) : DeviceModel
{
    /// <inheritdoc/>
    public override ushort Type => BlkLayout.DeviceType;

    /// <inheritdoc/>
    public override string Name => "virtio-blk";

    /// <summary>Mass storage controller, other.</summary>
    internal override uint ClassCode => 0x018000;

    internal override ushort LegacyPciId => 0x1001;

    internal override IDeviceConfiguration CreateConfiguration(FeatureSet offered, DeviceOptions options)
        => new BlkConfig(backend, offered, options);

    internal override IRequestService CreateService(
        SplitQueue queue, DeviceSituation situation, IBusMemory memory, DeviceOptions options, byte[] scratch)
        => new BlkService(queue, situation, memory, backend, options.Serial, scratch);
}
