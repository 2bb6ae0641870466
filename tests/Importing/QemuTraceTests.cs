using System.Text;
using Tracing.Capture.Importing.QemuTrace;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>QEMU's trace log, in lines of the shapes that QEMU 7.2 prints.</summary>
public sealed class QemuTraceTests
{
    private const string Placed = """
        7@100.000001:pci_cfg_write virtio-blk-pci 00:02.0 @0x20 <- 0xe0004004
        7@100.000002:pci_cfg_write virtio-blk-pci 00:02.0 @0x24 <- 0x0
        7@100.000003:memory_region_ops_write cpu -1 mr 0x55d42a98e590 addr 0xe0004014 value 0x0 size 1 name 'virtio-pci-common-virtio-blk'
        7@100.000004:virtio_set_status vdev 0x55d42a995e20 val 0

        """;

    /// <summary>SeaBIOS's way through the capabilities of a function with a bounce-buffer window in BAR 2.</summary>
    private const string Proxied = """
        7@100.000001:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x0 -> 0x10421af4
        7@100.000002:pci_cfg_write x-pci-proxy-dev 00:01.0 @0x10 <- 0xfebf8000
        7@100.000003:pci_cfg_write x-pci-proxy-dev 00:01.0 @0x18 <- 0xfe400000
        7@100.000004:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x34 -> 0x40
        7@100.000005:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x40 -> 0x9
        7@100.000006:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x41 -> 0x50
        7@100.000007:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x43 -> 0x1
        7@100.000008:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x44 -> 0x0
        7@100.000009:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x48 -> 0x0
        7@100.000010:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x50 -> 0x9
        7@100.000011:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x51 -> 0x60
        7@100.000012:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x53 -> 0x2
        7@100.000013:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x54 -> 0x0
        7@100.000014:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x58 -> 0x1000
        7@100.000015:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x60 -> 0x9
        7@100.000016:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x61 -> 0x0
        7@100.000017:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x63 -> 0xa
        7@100.000018:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x64 -> 0x2
        7@100.000019:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x68 -> 0x1000
        7@100.000020:pci_cfg_read x-pci-proxy-dev 00:01.0 @0x6c -> 0x2000

        """;

    /// <summary>A list of capabilities of which MSI-X is the second; its message control is at 0x9a.</summary>
    private const string WithMsix = Placed + """
        7@100.000010:pci_cfg_read virtio-blk-pci 00:02.0 @0x34 -> 0x84
        7@100.000011:pci_cfg_read virtio-blk-pci 00:02.0 @0x84 -> 0x9809
        7@100.000012:pci_cfg_read virtio-blk-pci 00:02.0 @0x98 -> 0x4011

        """;

    [Fact]
    public void Message_control_says_how_long_the_vector_table_is()
    {
        var imported = Imported.Of(new QemuTraceImporter(), WithMsix + """
            7@100.000013:pci_cfg_read virtio-blk-pci 00:02.0 @0x9a -> 0x8004
            7@100.000014:pci_cfg_write virtio-blk-pci 00:02.0 @0x9a <- 0xc004
            """);

        var control = imported.Events.Select(entry => entry.Record).Where(record => record.RegisterName == RegisterName.MsixControl);
        Assert.Equal(
            [(EventKind.RegisterRead, 0x9aUL, 0x8004UL), (EventKind.RegisterWrite, 0x9aUL, 0xc004UL)],
            control.Select(record => (record.Kind, record.Address!.Value, record.Value!.Value)));
    }

    [Theory]
    [InlineData("pci_cfg_read virtio-blk-pci 00:02.0 @0x9a -> 0x4")] // Perhaps a byte: the table may be 260 entries long.
    [InlineData("pci_cfg_read virtio-blk-pci 00:02.0 @0x98 -> 0x80044011")]
    [InlineData("pci_cfg_read virtio-blk-pci 00:02.0 @0x86 -> 0x8004")] // In another capability.
    [InlineData("pci_cfg_read virtio-blk-pci 00:02.0 @0x42 -> 0x8004")] // At the end of the list, which nobody read.
    public void What_may_be_less_than_message_control_is_not_taken_for_it(string line)
    {
        var imported = Imported.Of(new QemuTraceImporter(), $"{WithMsix}7@100.000013:{line}\n");

        Assert.DoesNotContain(imported.Events, entry => entry.Record.RegisterName == RegisterName.MsixControl);
        Assert.Equal(RegisterName.PciConfig, imported.Of(EventKind.RegisterRead).Last().RegisterName);
    }

    [Fact]
    public void Registers_get_their_names_their_BAR_and_what_was_selected()
    {
        var imported = Imported.Of(new QemuTraceImporter(), Placed + """
            7@100.000010:memory_region_ops_write cpu -1 mr 0x1 addr 0xe0004000 value 0x1 size 4 name 'virtio-pci-common-virtio-blk'
            7@100.000011:memory_region_ops_read cpu -1 mr 0x1 addr 0xe0004004 value 0x103 size 4 name 'virtio-pci-common-virtio-blk'
            7@100.000012:memory_region_ops_write cpu -1 mr 0x1 addr 0xe0004016 value 0x2 size 2 name 'virtio-pci-common-virtio-blk'
            7@100.000013:memory_region_ops_write cpu -1 mr 0x1 addr 0xe0004020 value 0x1000 size 4 name 'virtio-pci-common-virtio-blk'
            """);

        var read = Assert.Single(imported.Of(EventKind.RegisterRead));
        Assert.Equal((RegisterName.DeviceFeature, (byte?)1, 0x103UL), (read.RegisterName, read.FeatureWord, read.Value));
        Assert.Equal((AddressSpace.Bar, 4UL, (ushort?)4), (read.AddressSpace, read.Address, read.Slot));
        Assert.Equal(100_000_011_000, read.Time);
        var area = imported.Of(EventKind.RegisterWrite).Last();
        Assert.Equal((RegisterName.QueueDescLow, (ushort)2, 0x1000UL), (area.RegisterName, area.Queue, area.Value));
        Assert.Contains("device.register_read", imported.Source.Sees);
        Assert.DoesNotContain("device.doorbell", imported.Source.Sees);
    }

    [Fact]
    public void A_reset_is_over_when_the_device_answers_again_and_not_while_it_finishes_its_requests()
    {
        var imported = Imported.Of(new QemuTraceImporter(), Placed + """
            7@100.000009:memory_region_ops_read cpu -1 mr 0x1 addr 0xe0004014 value 0x0 size 1 name 'virtio-pci-common-virtio-blk'
            7@100.000010:virtio_queue_notify vdev 0x55d42a995e20 n 0 vq 0x7f00
            7@100.000011:memory_region_ops_write cpu -1 mr 0x1 addr 0xe0004014 value 0x0 size 1 name 'virtio-pci-common-virtio-blk'
            7@100.000012:virtio_set_status vdev 0x55d42a995e20 val 0
            7@100.000013:virtio_notify vdev 0x55d42a995e20 vq 0x7f00
            7@100.000014:memory_region_ops_read cpu -1 mr 0x1 addr 0xe0004014 value 0x0 size 1 name 'virtio-pci-common-virtio-blk'
            """);

        Assert.Equal(
            [EventKind.RegisterWrite, EventKind.Interrupt, EventKind.StatusPresented, EventKind.RegisterRead],
            imported.Events.Select(entry => entry.Record.Kind).SkipWhile(kind => kind != EventKind.Doorbell).Skip(1));
    }

    [Fact]
    public void Two_functions_of_one_kind_are_two_devices()
    {
        var imported = Imported.Of(new QemuTraceImporter(), """
            7@100.000001:memory_region_ops_read cpu 0 mr 0x1 addr 0xe0004014 value 0x0 size 1 name 'virtio-pci-common-virtio-blk'
            7@100.000002:memory_region_ops_read cpu 0 mr 0x2 addr 0xe0008014 value 0x0 size 1 name 'virtio-pci-common-virtio-blk'
            7@100.000003:memory_region_ops_read cpu 0 mr 0x1 addr 0xe0004014 value 0x0 size 1 name 'virtio-pci-common-virtio-blk'
            """);

        Assert.Equal([0, 1, 0], imported.Of(EventKind.RegisterRead).Select(record => record.Device));
        Assert.Equal([2UL, 2UL], imported.Of(EventKind.DeviceAppeared).Select(record => record.Value));
    }

    [Fact]
    public void A_doorbell_is_one_whether_its_write_was_traced_or_not()
    {
        var imported = Imported.Of(new QemuTraceImporter(), Placed + """
            7@100.000010:memory_region_ops_write cpu 0 mr 0x3 addr 0xe0007004 value 0x1 size 2 name 'virtio-pci-notify-virtio-blk'
            7@100.000011:virtio_queue_notify vdev 0x55d42a995e20 n 1 vq 0x7f01
            7@100.000012:virtio_queue_notify vdev 0x55d42a995e20 n 0 vq 0x7f00
            7@100.000013:virtio_notify vdev 0x55d42a995e20 vq 0x7f00
            """);

        Assert.Equal([((ushort)1, 0x3004UL), ((ushort)0, null)], imported.Of(EventKind.Doorbell).Select(record => (record.Queue, record.Address)));
        Assert.Equal(0, Assert.Single(imported.Of(EventKind.Interrupt)).Queue);
    }

    [Fact]
    public void The_IOMMU_tells_of_accesses_pages_and_refusals_of_virtio_functions_only()
    {
        var imported = Imported.Of(new QemuTraceImporter(), Placed + """
            7@100.000010:vtd_iotlb_page_update IOTLB page update sid 0x10 iova 0xe0402006 slpte 0xe0400083 domain 0x1
            7@100.000011:vtd_dmar_translate dev 00:02.00 iova 0xe0400000 -> gpa 0xe0400000 mask 0x1fffff
            7@100.000012:vtd_dmar_fault sid 0x10 fault 5 addr 0x1000010 write 1
            7@100.000013:vtd_iotlb_page_hit IOTLB page hit sid 0xfa iova 0x1000 slpte 0x1003 domain 0x1
            """);

        var access = Assert.Single(imported.Of(EventKind.IommuAccessed));
        Assert.Equal((AddressSpace.Iova, 0xe0402006UL, null), (access.AddressSpace, access.Address, access.Length));
        Assert.Equal((AddressSpace.Bus, 0xe0402006UL), (access.TargetSpace, access.Target));
        Assert.Equal((0xe0400000UL, 0x200000UL), (Assert.Single(imported.Of(EventKind.IommuTranslated)).Target, imported.Of(EventKind.IommuTranslated).Single().Length));
        Assert.Equal(Direction.FromDevice, Assert.Single(imported.Of(EventKind.IommuFaulted)).Direction);
        Assert.Contains(imported.Events, entry => entry.Note?.Contains("something else than a virtio device", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Configuration_space_is_found_through_the_ports_too()
    {
        var imported = Imported.Of(new QemuTraceImporter(), """
            7@100.000001:memory_region_ops_write cpu -1 mr 0x1 addr 0xcf8 value 0x80001020 size 4 name 'pci-conf-idx'
            7@100.000002:memory_region_ops_write cpu -1 mr 0x2 addr 0xcfc value 0xe0004004 size 4 name 'pci-conf-data'
            7@100.000003:memory_region_ops_read cpu 0 mr 0x3 addr 0xe0004014 value 0x0 size 1 name 'virtio-pci-common-virtio-blk'
            7@100.000004:vtd_iotlb_page_hit IOTLB page hit sid 0x10 iova 0x1000 slpte 0x1003 domain 0x1
            """);

        Assert.Equal(0, Assert.Single(imported.Of(EventKind.IommuAccessed)).Device);
    }

    [Fact]
    public void An_access_whose_translation_does_not_follow_went_nobody_knows_where()
    {
        var imported = Imported.Of(new QemuTraceImporter(), Placed + """
            7@100.000010:vtd_iotlb_page_hit IOTLB page hit sid 0x10 iova 0xe0402006 slpte 0xe0400083 domain 0x1
            7@100.000011:vtd_iotlb_page_hit IOTLB page hit sid 0x10 iova 0xfffff010 slpte 0x2a60003 domain 0x1
            7@100.000012:vtd_dmar_translate dev 00:02.00 iova 0xfffff000 -> gpa 0x2a60000 mask 0xfff
            7@100.000013:vtd_translate_pt source id 0x10, iova 0x4000
            """);

        Assert.Equal([null, 0x2a60010UL, 0x4000UL], imported.Of(EventKind.IommuAccessed).Select(record => record.Target));
        Assert.Equal([100_000_010_000, 100_000_011_000, 100_000_013_000], imported.Of(EventKind.IommuAccessed).Select(record => record.Time));
    }

    [Fact]
    public void A_function_of_another_process_is_decoded_by_its_capabilities()
    {
        var imported = Imported.Of(new QemuTraceImporter(), Proxied + """
            7@100.000040:memory_region_ops_write cpu 0 mr 0x1 addr 0xfebf8014 value 0x1 size 1 name 'bar-region-0'
            7@100.000041:memory_region_ops_write cpu 0 mr 0x1 addr 0xfebf9000 value 0x2 size 2 name 'bar-region-0'
            7@100.000042:memory_region_ops_write cpu 0 mr 0x1 addr 0xfe400000 value 0x2 size 2 name 'bar-region-2'
            """);

        Assert.Equal(2UL, Assert.Single(imported.Of(EventKind.DeviceAppeared)).Value);
        Assert.Equal((RegisterName.DeviceStatus, 1UL, (ushort?)0), imported.Of(EventKind.RegisterWrite).Where(record => record.AddressSpace == AddressSpace.Bar)
            .Select(record => (record.RegisterName, record.Value, record.Slot)).Single());
        Assert.Equal(2, Assert.Single(imported.Of(EventKind.Doorbell)).Queue);
        Assert.Equal([1UL, 2UL, 10UL], imported.Of(EventKind.Capability).Select(record => record.Value!.Value).Order());
        var window = Assert.Single(imported.Of(EventKind.RegionMapped));
        Assert.Equal((RegionOrigin.Capability, 0xfe401000UL, 0x2000UL), (window.RegionOrigin, window.Address, window.Length));
    }

    [Fact]
    public void Of_capabilities_that_were_not_all_read_nothing_is_told()
    {
        var imported = Imported.Of(new QemuTraceImporter(), Proxied.Replace("@0x61 -> 0x0", "@0x68 -> 0x0", StringComparison.Ordinal) + """
            7@100.000040:memory_region_ops_write cpu 0 mr 0x1 addr 0xfebf8014 value 0x1 size 1 name 'bar-region-0'
            """);

        Assert.Empty(imported.Of(EventKind.Capability));
        Assert.Contains(imported.Of(EventKind.RegisterWrite), record => record.RegisterName == RegisterName.DeviceStatus);
    }

    [Fact]
    public void The_window_goes_away_with_its_BAR_and_comes_back_elsewhere()
    {
        var imported = Imported.Of(new QemuTraceImporter(), Proxied + """
            7@100.000040:memory_region_ops_write cpu 0 mr 0x1 addr 0xfebf8014 value 0x1 size 1 name 'bar-region-0'
            7@100.000041:pci_update_mappings_del x-pci-proxy-dev 00:01.0 2,0xfe400000+0x400000
            7@100.000042:pci_update_mappings_add x-pci-proxy-dev 00:01.0 2,0xfd000000+0x400000
            """);

        Assert.Equal([0xfe401000UL, 0xfd001000UL], imported.Of(EventKind.RegionMapped).Select(record => record.Address!.Value));
        Assert.Equal(imported.Of(EventKind.RegionMapped).First().RegionId, Assert.Single(imported.Of(EventKind.RegionUnmapped)).RegionId);
    }

    [Fact]
    public void The_legacy_header_lies_at_ports()
    {
        var imported = Imported.Of(new QemuTraceImporter(), """
            7@100.000001:pci_cfg_write virtio-blk-pci 00:03.0 @0x10 <- 0xc001
            7@100.000002:memory_region_ops_write cpu 0 mr 0x1 addr 0xc00e value 0x1 size 2 name 'virtio-pci'
            7@100.000003:memory_region_ops_write cpu 0 mr 0x1 addr 0xc008 value 0x1234 size 4 name 'virtio-pci'
            7@100.000004:memory_region_ops_write cpu 0 mr 0x1 addr 0xc010 value 0x1 size 2 name 'virtio-pci'
            7@100.000005:memory_region_ops_read cpu 0 mr 0x1 addr 0xc018 value 0x0 size 4 name 'virtio-pci'
            """);

        var frame = imported.Of(EventKind.RegisterWrite).Last();
        Assert.Equal((RegisterName.QueuePageFrame, (ushort)1, 0x1234UL), (frame.RegisterName, frame.Queue, frame.Value));
        Assert.Equal(1, Assert.Single(imported.Of(EventKind.Doorbell)).Queue);
        Assert.Equal(RegisterName.DeviceConfig, Assert.Single(imported.Of(EventKind.RegisterRead)).RegisterName);
    }

    [Fact]
    public void Devices_on_virtio_mmio_are_told_apart_by_their_region_and_empty_transports_are_none()
    {
        var imported = Imported.Of(new QemuTraceImporter(), """
            7@100.000001:memory_region_ops_read cpu 0 mr 0x1 addr 0xfeb00e00 value 0x74726976 size 4 name 'virtio-mmio'
            7@100.000002:memory_region_ops_read cpu 0 mr 0x1 addr 0xfeb00e08 value 0x2 size 4 name 'virtio-mmio'
            7@100.000003:memory_region_ops_read cpu 0 mr 0x2 addr 0xfeb00c08 value 0x0 size 4 name 'virtio-mmio'
            7@100.000004:memory_region_ops_write cpu 0 mr 0x1 addr 0xfeb00e30 value 0x3 size 4 name 'virtio-mmio'
            7@100.000005:virtio_mmio_write_offset virtio_mmio_write offset 0x30 value 0x3
            7@100.000006:memory_region_ops_write cpu 0 mr 0x1 addr 0xfeb00e80 value 0x1000 size 4 name 'virtio-mmio'
            7@100.000007:memory_region_ops_write cpu 0 mr 0x1 addr 0xfeb00e50 value 0x3 size 4 name 'virtio-mmio'
            7@100.000008:memory_region_ops_read cpu 0 mr 0x1 addr 0xfeb00f00 value 0x9 size 4 name 'virtio-mmio'
            """);

        Assert.Equal(2UL, Assert.Single(imported.Of(EventKind.DeviceAppeared)).Value);
        Assert.Equal([RegisterName.QueueSelect, RegisterName.QueueDescLow], imported.Of(EventKind.RegisterWrite).Select(record => record.RegisterName!.Value));
        Assert.Equal(3, imported.Of(EventKind.RegisterWrite).Last().Queue);
        Assert.Equal(3, Assert.Single(imported.Of(EventKind.Doorbell)).Queue);
        Assert.Equal(
            [RegisterName.MagicValue, RegisterName.DeviceId, RegisterName.DeviceConfig], imported.Of(EventKind.RegisterRead).Select(record => record.RegisterName!.Value));
        Assert.Equal(AddressSpace.Mmio, imported.Of(EventKind.Doorbell).Single().AddressSpace);
    }

    [Fact]
    public void Of_a_value_that_is_wider_than_the_access_the_guest_got_the_low_bytes()
    {
        var imported = Imported.Of(new QemuTraceImporter(), """
            7@100.000001:memory_region_ops_write cpu 0 mr 0x1 addr 0xfeb00e14 value 0x0 size 4 name 'virtio-mmio'
            7@100.000002:memory_region_ops_read cpu 0 mr 0x1 addr 0xfeb00e10 value 0x10130006e54 size 4 name 'virtio-mmio'
            """);

        Assert.Equal(((byte?)0, 0x30006e54UL), (imported.Of(EventKind.RegisterRead).Single().FeatureWord, imported.Of(EventKind.RegisterRead).Single().Value!.Value));
    }

    [Fact]
    public void Virtio_mmio_without_its_region_has_no_values_of_reads()
    {
        var imported = Imported.Of(new QemuTraceImporter(), """
            virtio_mmio_write_offset virtio_mmio_write offset 0x70 value 0x0
            virtio_mmio_read virtio_mmio_read offset 0x70
            virtio_mmio_write_offset virtio_mmio_write offset 0x70 value 0x1
            """);

        Assert.Null(Assert.Single(imported.Of(EventKind.RegisterRead)).Value);
        Assert.Equal([0UL, 1UL], imported.Of(EventKind.RegisterWrite).Select(record => record.Value!.Value));
    }

    [Fact]
    public void Without_any_register_a_status_is_what_was_set()
    {
        var imported = Imported.Of(new QemuTraceImporter(), """
            virtio_set_status vdev 0x1 val 0
            virtio_set_status vdev 0x2 val 0
            virtio_set_status vdev 0x2 val 1
            virtio_queue_notify vdev 0x2 n 0 vq 0x3
            virtqueue_pop vq 0x3 elem 0x4 in_num 1 out_num 2
            virtqueue_fill vq 0x3 elem 0x4 len 1 idx 0
            """);

        Assert.Single(imported.Of(EventKind.DeviceAppeared));
        Assert.Equal([0UL, 1UL], imported.Of(EventKind.RegisterWrite).Select(record => record.Value!.Value));
        Assert.Equal(0UL, Assert.Single(imported.Of(EventKind.StatusPresented)).Value);
        Assert.Equal(
            "the device took 1 chains and gave 1 back; which ones, and where they lie, QEMU does not say",
            imported.Events.Single(entry => entry.Record.Kind == EventKind.Remark).Note);
    }

    [Fact]
    public void Lines_that_say_nothing_are_counted_and_shown_once()
    {
        var imported = Imported.Of(new QemuTraceImporter(), "hello\nhello again\nvirtqueue_flush vq 0x1 count 2\nvtd_dmar_fault sid what\n");

        Assert.Equal(
            [
                "2 lines gave no event: 'hello' is not made use of; the first is 'hello'",
                "1 lines gave no event: 'virtqueue_flush' is not made use of; the first is 'virtqueue_flush vq 0x1 count 2'",
                "1 lines gave no event: 'vtd_dmar_fault' is not as it was expected; the first is 'vtd_dmar_fault sid what'",
            ],
            imported.Events.Select(entry => entry.Note));
        Assert.Empty(imported.Source.Sees);
        Assert.Equal("none", imported.Source.Clock.Name);
    }

    [Fact]
    public void Mutated_logs_do_no_harm()
    {
        var whole = Encoding.Latin1.GetBytes(Placed + """
            7@100.000010:memory_region_ops_write cpu -1 mr 0x1 addr 0xe0004008 value 0xffffffffffffffff size 4 name 'virtio-pci-common-virtio-blk'
            7@100.000011:pci_cfg_read virtio-blk-pci 00:02.0 @0x4 -> 0x100007
            7@100.000012:virtio_queue_notify vdev 0x55d42a995e20 n 1 vq (nil)
            7@100.000013:vtd_dmar_translate dev ff:1f.07 iova 0xffffffffffffffff -> gpa 0x0 mask 0xffffffffffffffff
            7@100.000014:vtd_dmar_fault sid 0x10 fault -1 addr 0x10 write 0
            7@100.000015:memory_region_ops_write cpu 0 mr 0x1 addr 0xfeb00e80 value 0x1000 size 4 name 'virtio-mmio'
            7@100.000016:memory_region_ops_write cpu 0 mr 0x1 addr 0xc010 value 0x1 size 2 name 'virtio-pci'
            7@100.000017:virtio_mmio_read virtio_mmio_read offset 0x70
            7@100.000018:pci_update_mappings_add x-pci-proxy-dev 00:01.0 2,0xfffffffffffff000+0xffffffffffffffff
            7@100.000019:memory_region_ops_write cpu 0 mr 0x1 addr 0xfe400000 value 0x2 size 2 name 'bar-region-2'

            """ + Proxied);
        Mutation.Run(whole, bytes => Assert.True(Imported.Of(new QemuTraceImporter(), bytes).IsComplete));
    }
}
