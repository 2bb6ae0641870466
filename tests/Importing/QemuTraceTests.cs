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
        Assert.Equal(0UL, Assert.Single(imported.Of(EventKind.StatusPresented)).Value);
        Assert.Contains("device.register_read", imported.Source.Sees);
        Assert.DoesNotContain("device.doorbell", imported.Source.Sees);
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
        Assert.Equal((0xe0400000UL, 0x200000UL), (Assert.Single(imported.Of(EventKind.IommuTranslated)).Target, imported.Of(EventKind.IommuTranslated).Single().Length));
        Assert.Equal(Direction.FromDevice, Assert.Single(imported.Of(EventKind.IommuFaulted)).Direction);
        Assert.Contains(imported.Events, entry => entry.Note?.Contains("something else than a virtio function", StringComparison.Ordinal) == true);
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
    public void Lines_that_say_nothing_are_counted_and_shown_once()
    {
        var imported = Imported.Of(new QemuTraceImporter(), "hello\nhello again\nvirtqueue_pop vq 0x1 elem 0x2 in_num 1 out_num 2\nvtd_dmar_fault sid what\n");

        Assert.Equal(
            [
                "2 lines gave no event: 'hello' is not made use of; the first is 'hello'",
                "1 lines gave no event: 'virtqueue_pop' is not made use of; the first is 'virtqueue_pop vq 0x1 elem 0x2 in_num 1 out_num 2'",
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
            """);
        for (var seed = 1; seed <= TestScale.Seeds; seed++)
        {
            var random = new Random(seed);
            for (var turn = 0; turn < 300; turn++)
            {
                var bytes = whole.ToArray();
                for (var change = random.Next(1, 12); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                var cut = random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
                Assert.True(Imported.Of(new QemuTraceImporter(), cut).IsComplete, $"seed {seed}, turn {turn}");
            }
        }
    }
}
