using Tracing.Virtio.Memory;

namespace Tracing.Virtio.Device;

/// <summary>An entropy device (virtio 1.3 §5.4): it has no features and no configuration of its own.</summary>
/// <param name="seed">What its numbers follow from: they are for tests, and no secret.</param>
public sealed class RngModel(ulong seed) : DeviceModel
{
    /// <inheritdoc/>
    public override ushort Type => 4;

    /// <inheritdoc/>
    public override string Name => "virtio-rng";

    /// <summary>No class fits: other, unclassified.</summary>
    internal override uint ClassCode => 0x00ff00;

    internal override ushort LegacyPciId => 0x1005;

    internal override IDeviceConfiguration CreateConfiguration(FeatureSet offered, DeviceOptions options) => new NoConfiguration();

    internal override IRequestService CreateService(
        SplitQueue queue, DeviceSituation situation, IBusMemory memory, DeviceOptions options, byte[] scratch)
        => new RngService(queue, situation, memory, seed, scratch);

    private sealed class NoConfiguration : IDeviceConfiguration
    {
        public uint Bytes => 0;

        public ulong Read(ulong offset, int width) => 0;

        public void Write(ulong offset, int width, ulong value)
        {
            // There is no field to write.
        }

        public void Refresh()
        {
            // There is nothing outside.
        }
    }
}
