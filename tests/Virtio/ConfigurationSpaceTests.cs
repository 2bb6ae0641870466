using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Pci;
using Xunit;

namespace Tracing.Tests.Virtio;

/// <summary>Configuration space, BARs and capabilities (virtio 1.3 §4.1.2 to §4.1.4).</summary>
public sealed class ConfigurationSpaceTests
{
    private readonly DeviceRig rig = new();

    [Fact]
    public void A_modern_block_device_says_what_it_is()
    {
        Assert.Equal(0x1af4u, rig.Device.ReadConfig(PciConfig.VendorId, 2));
        Assert.Equal(0x1042u, rig.Device.ReadConfig(PciConfig.DeviceId, 2));
        Assert.Equal(0x10421af4u, rig.Device.ReadConfig(PciConfig.VendorId, 4));
        Assert.Equal(1u, rig.Device.ReadConfig(PciConfig.Revision, 1));
        Assert.True(rig.Device.ReadConfig(PciConfig.SubsystemId, 2) >= 0x40);
        Assert.NotEqual(0u, rig.Device.ReadConfig(PciConfig.Status, 2) & 0x10);
    }

    [Fact]
    public void Read_only_fields_and_impossible_accesses_change_nothing()
    {
        rig.Device.WriteConfig(PciConfig.VendorId, 4, 0);
        rig.Device.WriteConfig(rig.CapabilityAt(CapabilityType.Swiotlb) + CapabilityLayout.Length, 4, 1);
        Assert.Equal(0x10421af4u, rig.Device.ReadConfig(PciConfig.VendorId, 4));
        Assert.Equal(rig.Options.SwiotlbBytes, rig.Device.ReadConfig(rig.CapabilityAt(CapabilityType.Swiotlb) + CapabilityLayout.Length, 4));
        foreach (var (offset, width) in new[] { (-1, 1), (256, 1), (254, 4), (3, 2), (0, 3), (0, 8), (int.MaxValue, 4) })
        {
            rig.Device.WriteConfig(offset, width, uint.MaxValue);
            Assert.NotEqual(0u, rig.Device.ReadConfig(offset, width));
        }
    }

    [Fact]
    public void Every_structure_lies_inside_its_BAR_and_the_list_ends()
    {
        var types = new List<CapabilityType>();
        for (var place = (int)rig.Device.ReadConfig(PciConfig.CapabilitiesPointer, 1); place != 0;
            place = (int)rig.Device.ReadConfig(place + 1, 1))
        {
            Assert.True(types.Count < 48, "the capability list loops");
            if (rig.Device.ReadConfig(place, 1) != PciConfig.VendorCapability) continue;
            var type = (CapabilityType)rig.Device.ReadConfig(place + CapabilityLayout.Type, 1);
            types.Add(type);
            if (type == CapabilityType.PciAccess) continue;
            var end = (ulong)rig.Device.ReadConfig(place + CapabilityLayout.Offset, 4) + rig.Device.ReadConfig(place + CapabilityLayout.Length, 4);
            Assert.True(end <= SizeOf((int)rig.Device.ReadConfig(place + CapabilityLayout.Bar, 1)), $"{type}");
        }

        Assert.Equal(
            [CapabilityType.Common, CapabilityType.Notify, CapabilityType.Isr, CapabilityType.Device, CapabilityType.PciAccess, CapabilityType.Swiotlb],
            types);
        Assert.Equal(types.Count, rig.Sink.Of(EventKind.Capability).Count());
    }

    [Fact]
    public void A_BAR_tells_its_size_when_ones_are_written()
    {
        Assert.Equal(16u << 10, SizeOf(0));
        Assert.Equal(rig.Options.SwiotlbBytes, SizeOf(PciVirtioDevice.RegionBar));
        rig.Device.WriteConfig(PciConfig.Bar0 + 4, 4, uint.MaxValue);
        Assert.Equal(0u, rig.Device.ReadConfig(PciConfig.Bar0 + 4, 4));
    }

    [Fact]
    public void The_region_follows_its_BAR_and_is_gone_without_decoding()
    {
        rig.Write(DeviceRig.RegionBase, [1, 2, 3]);
        rig.Device.WriteConfig(PciConfig.Command, 2, 0);
        Assert.False(rig.Memory.TryRead(DeviceRig.RegionBase, new byte[1]));
        Assert.Equal(uint.MaxValue, (uint)rig.Common(CommonConfig.NumQueues, 4));

        const ulong elsewhere = 0x50_0000_0000;
        rig.Device.WriteConfig(PciConfig.Bar0 + 8, 4, unchecked((uint)elsewhere));
        rig.Device.WriteConfig(PciConfig.Bar0 + 12, 4, (uint)(elsewhere >> 32));
        rig.Device.WriteConfig(PciConfig.Command, 2, PciConfig.CommandMemory);
        Assert.Equal([1, 2, 3], rig.Read(elsewhere, 3));
        Assert.False(rig.Memory.TryRead(DeviceRig.RegionBase, new byte[1]));

        var mapped = rig.Platform.Of(EventKind.RegionMapped).Where(region => region.RegionOrigin == RegionOrigin.Capability).ToArray();
        Assert.Equal([DeviceRig.RegionBase, elsewhere], mapped.Select(region => region.Address!.Value));
        Assert.Equal(3, rig.Platform.Of(EventKind.RegionUnmapped).Count());
    }

    [Fact]
    public void A_BAR_that_lands_on_other_memory_is_not_mapped_and_the_platform_says_so()
    {
        rig.Device.WriteConfig(PciConfig.Bar0 + 12, 4, 0);
        rig.Device.WriteConfig(PciConfig.Bar0 + 8, 4, 0);
        rig.Device.WriteConfig(PciConfig.Bar0, 4, (uint)DeviceRig.SystemBase);
        Assert.Contains("overlaps", rig.Platform.LastNoteOf(EventKind.Remark), StringComparison.Ordinal);
        rig.Write(DeviceRig.SystemBase, [42]);
    }

    [Fact]
    public void The_window_in_configuration_space_reaches_the_registers_even_without_decoding()
    {
        rig.Device.WriteConfig(PciConfig.Command, 2, 0);
        Window(0, CommonConfig.DeviceStatus, 1);
        var data = rig.CapabilityAt(CapabilityType.PciAccess) + CapabilityLayout.PciAccessData;
        rig.Device.WriteConfig(data, 1, (uint)DeviceStatus.Acknowledge);
        Assert.Equal(DeviceStatus.Acknowledge, rig.Device.Status);
        Assert.Equal((uint)DeviceStatus.Acknowledge, rig.Device.ReadConfig(data, 1));
        Window(0, CommonConfig.NumQueues, 2);
        Assert.Equal(rig.Options.Queues, rig.Device.ReadConfig(data, 2));
        var byWindow = rig.Sink.Of(EventKind.RegisterWrite).Where(access => access.RegisterName == RegisterName.DeviceStatus);
        Assert.Single(byWindow);
    }

    [Theory]
    [InlineData(6, 0u, 4)]
    [InlineData(255, 0u, 4)]
    [InlineData(0, 0x14u, 0)]
    [InlineData(0, 0x14u, 3)]
    [InlineData(0, 0x15u, 2)]
    [InlineData(1, 0u, 4)]
    [InlineData(2, uint.MaxValue & ~3u, 4)]
    public void A_window_onto_nothing_reaches_nothing(int bar, uint offset, int length)
    {
        Window(bar, offset, length);
        var data = rig.CapabilityAt(CapabilityType.PciAccess) + CapabilityLayout.PciAccessData;
        rig.Device.WriteConfig(data, 4, uint.MaxValue);
        rig.Device.ReadConfig(data, 4);
        Assert.Equal(DeviceStatus.None, rig.Device.Status);
        Assert.DoesNotContain(rig.Sink.Of(EventKind.RegisterWrite), access => access.AddressSpace == AddressSpace.Bar);
    }

    [Fact]
    public void Without_a_region_there_is_neither_capability_nor_offer()
    {
        var bare = new DeviceRig(new DeviceOptions { SwiotlbBytes = 0 });
        Assert.Equal(-1, bare.CapabilityAt(CapabilityType.Swiotlb));
        Assert.False(bare.Device.Offered.Has(FeatureBit.Swiotlb));
        bare.Device.WriteConfig(PciConfig.Bar0 + 8, 4, uint.MaxValue);
        Assert.Equal(0u, bare.Device.ReadConfig(PciConfig.Bar0 + 8, 4));
    }

    private void Window(int bar, uint offset, int length)
    {
        var place = rig.CapabilityAt(CapabilityType.PciAccess);
        rig.Device.WriteConfig(place + CapabilityLayout.Bar, 1, (uint)bar);
        rig.Device.WriteConfig(place + CapabilityLayout.Offset, 4, offset);
        rig.Device.WriteConfig(place + CapabilityLayout.Length, 4, (uint)length);
    }

    private ulong SizeOf(int bar)
    {
        var offset = PciConfig.Bar0 + 4 * bar;
        rig.Device.WriteConfig(PciConfig.Command, 2, 0);
        var (low, high) = (rig.Device.ReadConfig(offset, 4), rig.Device.ReadConfig(offset + 4, 4));
        rig.Device.WriteConfig(offset, 4, uint.MaxValue);
        var isLong = (low & 0b110) == 0b100;
        if (isLong) rig.Device.WriteConfig(offset + 4, 4, uint.MaxValue);
        ulong mask = rig.Device.ReadConfig(offset, 4) & ~0xfu;
        mask |= isLong ? (ulong)rig.Device.ReadConfig(offset + 4, 4) << 32 : 0xffff_ffff_0000_0000;
        rig.Device.WriteConfig(offset, 4, low);
        if (isLong) rig.Device.WriteConfig(offset + 4, 4, high);
        rig.Device.WriteConfig(PciConfig.Command, 2, PciConfig.CommandMemory);
        return unchecked(~mask + 1);
    }
}
