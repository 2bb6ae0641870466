using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Block;
using Tracing.Virtio.Device;
using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;
using Xunit;

namespace Tracing.Tests.Virtio;

/// <summary>The legacy interface, where bit 27 is ANY_LAYOUT (virtio 1.3 §4.1.4.10, §6.3).</summary>
public sealed class LegacyDeviceTests
{
    private const ulong RingBase = DeviceRig.SystemBase;

    private readonly DeviceRig rig = new(new DeviceOptions { Legacy = true, SwiotlbBytes = 0, QueueSize = 16 });

    [Fact]
    public void It_is_a_transitional_function_with_an_IO_BAR_and_no_structures()
    {
        Assert.Equal(0x1001u, rig.Device.ReadConfig(PciConfig.DeviceId, 2));
        Assert.Equal(0u, rig.Device.ReadConfig(PciConfig.Revision, 1));
        Assert.Equal(2u, rig.Device.ReadConfig(PciConfig.SubsystemId, 2));
        Assert.Equal(1u, rig.Device.ReadConfig(PciConfig.Bar0, 4) & 1);
        Assert.Equal(-1, rig.CapabilityAt(CapabilityType.Common));
    }

    [Fact]
    public void Its_32_features_have_bit_27_and_nothing_above()
    {
        var features = (uint)Header(LegacyHeader.DeviceFeatures, 4);
        Assert.NotEqual(0u, features & (1u << FeatureBit.AnyLayout));
        Assert.Equal(rig.Device.Offered.Bits, (UInt128)features);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_request_is_served_without_FEATURES_OK_in_system_memory(bool msix)
    {
        if (msix)
        {
            rig.Device.WriteBar(1, 0, 4, 0xfee0_0000);
            rig.Device.WriteBar(1, 8, 4, 0x55);
            rig.Device.WriteBar(1, 12, 4, 0);
            var place = (int)rig.Device.ReadConfig(PciConfig.CapabilitiesPointer, 1);
            rig.Device.WriteConfig(place + PciConfig.MsixControl, 2, PciConfig.MsixEnable);
        }

        Header(LegacyHeader.DeviceStatus, 1, 0);
        Header(LegacyHeader.DeviceStatus, 1, 3);
        Header(LegacyHeader.DriverFeatures, 4, 1u << FeatureBit.AnyLayout);
        Assert.Equal((ulong)DeviceRig.MediumSectors, rig.Device.ReadBar(0, msix ? 24UL : 20UL, 8));
        Assert.Equal(16UL, Header(LegacyHeader.QueueSize, 2));
        if (msix) Header(LegacyHeader.QueueMsixVector, 2, 0);
        Header(LegacyHeader.QueueAddress, 4, RingBase / 4096);
        Assert.Equal(RingBase / 4096, Header(LegacyHeader.QueueAddress, 4));
        Header(LegacyHeader.DeviceStatus, 1, 7);

        var ring = new BareRing(rig, 0, SplitLayout.Contiguous(QueueSize.Of(16), RingBase));
        ring.DescribeRequest(0, (uint)BlkRequestType.In, 1, RingBase + 0x4000, 512, deviceWrites: true);
        rig.Medium.Bytes.Slice(512, 512).Fill(3);
        ring.Publish(0);
        Header(LegacyHeader.QueueNotify, 2, 0);
        rig.Settle();

        Assert.Equal(1, ring.UsedIndex);
        Assert.All(rig.Read(RingBase + 0x4000 + 32, 512), value => Assert.Equal(3, value));
        Assert.Equal(msix, rig.Mailbox.TryTake(out _));
        Assert.Equal(!msix, rig.Mailbox.Level);
        Assert.Equal(msix ? 0UL : 1UL, Header(LegacyHeader.IsrStatus, 1));
        Assert.False(rig.Mailbox.Level);
        // Without VERSION_1 the bit is no promise about addresses, and barriers reach as far as between processors.
        Assert.All(rig.Sink.Of(EventKind.Barrier), barrier => Assert.Equal(OrderingDomain.Smp, barrier.OrderingDomain));
        Assert.Single(rig.Sink.Of(EventKind.Doorbell));

        Header(LegacyHeader.DeviceStatus, 1, 0);
        rig.Settle();
        Assert.Equal(0UL, Header(LegacyHeader.QueueAddress, 4));
        Assert.Equal(0UL, Header(LegacyHeader.DeviceStatus, 1));
    }

    [Fact]
    public void Any_access_to_the_header_is_harmless()
    {
        for (ulong offset = 0; offset < 140; offset++)
        {
            foreach (var width in new[] { 1, 2, 4, 8 })
            {
                rig.Device.WriteBar(0, offset, width, 0x1_0000_0101);
                rig.Device.ReadBar(0, offset, width);
            }
        }

        rig.Settle();
        Assert.Equal(Pause.Idle, rig.Step());
    }

    private ulong Header(int offset, int width) => rig.Device.ReadBar(0, (ulong)offset, width);

    private void Header(int offset, int width, ulong value) => rig.Device.WriteBar(0, (ulong)offset, width, value);
}
