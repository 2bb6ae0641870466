using Tracing.Capture.Importing.Ftrace;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>Whose a line of ftrace is: what is certain, what follows, and what stays open.</summary>
public sealed class FtraceDeviceTests
{
    private const ulong Mapped = (1UL << 32) | (1UL << 33);
    private const ulong Unmapped = 1UL << 32;

    [Fact]
    public void Devices_that_a_thread_sets_up_one_after_the_other_are_told_apart_by_device_status()
    {
        var imported = Import(text => text.Probe("insmod-98", Mapped, 0x1000).Probe("insmod-98", Mapped, 0x2000).Probe("insmod-99", Unmapped, 0x3000));

        Assert.Equal([(0, 0x1000UL), (1, 0x2000UL), (2, 0x3000UL)], Rings(imported));
        Assert.All(Statuses(imported), status => Assert.NotEqual(EventRecord.None, status.Device));
    }

    [Fact]
    public void Devices_that_two_threads_set_up_at_once_are_not_mixed_up()
    {
        var (one, other) = (new FtraceText().Probe("insmod-98", Mapped, 0x1000, queues: 2).ToString().Split('\n'),
            new FtraceText().Probe("insmod-99", Mapped, 0x2000, queues: 2).ToString().Split('\n'));
        var mixed = string.Concat(one.Zip(other, (first, second) => $"{first}\n{second}\n"));

        var imported = Imported.Of(new FtraceImporter(), mixed);

        Assert.Equal([(0, 0x1000UL), (1, 0x2000UL), (0, 0x1000UL), (1, 0x2000UL)], Rings(imported));
        Assert.Equal([1, 3, 11, 11, 15], Statuses(imported).Where(record => record.Device == 0).Select(record => (int)record.Value!));
        Assert.Equal([1, 3, 11, 11, 15], Statuses(imported).Where(record => record.Device == 1).Select(record => (int)record.Value!));
    }

    [Fact]
    public void A_reset_that_nothing_connects_with_a_device_is_nobodys()
    {
        var imported = Import(text => text.SetStatus("insmod-97", 0).SetStatus("insmod-97", 1).Probe("insmod-98", Mapped, 0x1000));

        Assert.Equal([EventRecord.None, EventRecord.None, 0, 0, 0, 0, 0], Statuses(imported).Select(record => record.Device));
    }

    [Fact]
    public void A_driver_that_takes_its_queues_down_is_no_further_device()
    {
        var imported = Import(text => text.Probe("insmod-98", Mapped, 0x1000).SetStatus("rmmod-99", 0)
            .Line("rmmod-99", "s: (vp_modern_queue_vector+0x0/0x40 [virtio_pci_modern_dev]) idx=0 vec=65535"));

        Assert.Equal([(ushort)0, EventRecord.None], imported.Of(EventKind.RegisterWrite).Select(record => record.Device).Distinct());
    }

    [Fact]
    public void A_reset_on_the_thread_that_goes_on_to_set_the_device_up_is_that_devices()
    {
        var imported = Import(text => text.SetStatus("insmod-98", 0).GetStatus("insmod-98", 0).SetStatus("insmod-98", 1).Probe("insmod-98", Mapped, 0x1000));

        Assert.All(Statuses(imported), status => Assert.Equal(0, status.Device));
    }

    [Fact]
    public void Registers_that_lines_name_are_one_device_on_any_thread()
    {
        var imported = Import(text => text
            .SetStatus("insmod-97", 0, "mdev=0x10 ").SetStatus("insmod-97", 0, "mdev=0x20 ").SetStatus("insmod-97", 1, "mdev=0x10 ").SetStatus("insmod-97", 1, "mdev=0x20 ")
            .Probe("insmod-98", Mapped, 0x2000, 0x20).Probe("insmod-99", Mapped, 0x1000, 0x10)
            .SetStatus("rmmod-100", 0, "mdev=0x20 "));

        Assert.Equal([(1, 0x2000UL), (0, 0x1000UL)], Rings(imported));
        Assert.Equal([0, 1, 1, 3, 11, 11, 15, 0], Statuses(imported).Where(record => record.Device == 1).Select(record => (int)record.Value!));
    }

    [Fact]
    public void A_driver_that_clears_bits_is_seen_doing_so_where_lines_name_the_registers()
    {
        var imported = Import(text => text.Probe("insmod-98", Mapped, 0x1000, 0x10).SetStatus("insmod-98", 1, "mdev=0x10 "));

        Assert.Equal((0, 1UL), ((int)Statuses(imported).Last().Device, Statuses(imported).Last().Value!.Value));
    }

    [Fact]
    public void A_name_is_the_device_that_alone_can_have_it()
    {
        var imported = Import(text => text.SetStatus("insmod-97", 0).Probe("insmod-98", Mapped, 0x1000).Probe("insmod-99", Unmapped, 0x2000)
            .Map("kworker-35", 0xb600000, "0000:00:01.0"));

        Assert.Equal(0, Assert.Single(imported.Of(EventKind.Map)).Device);
        Assert.Contains(imported.Events, entry => entry.Note == "the kernel's name of this device is 0000:00:01.0: no other device can be it");
    }

    [Fact]
    public void A_name_that_two_devices_can_have_is_neithers()
    {
        var imported = Import(text => text.SetStatus("insmod-97", 0).Probe("insmod-98", Mapped, 0x1000).Probe("insmod-99", Mapped, 0x2000)
            .GetStatus("insmod-98", 15).GetStatus("insmod-99", 15).Map("kworker-35", 0xb600000, "0000:00:01.0"));

        Assert.Equal(EventRecord.None, Assert.Single(imported.Of(EventKind.Map)).Device);
    }

    [Fact]
    public void Where_a_device_may_have_been_there_before_the_trace_nothing_follows_from_there_being_one()
    {
        var imported = Import(text => text.Probe("insmod-98", Mapped, 0x1000).GetStatus("insmod-98", 15).Map("kworker-35", 0xb600000, "0000:00:01.0"));

        Assert.Equal(EventRecord.None, Assert.Single(imported.Of(EventKind.Map)).Device);
    }

    [Fact]
    public void What_is_mapped_in_the_function_that_probes_a_device_is_mapped_for_that_device()
    {
        var imported = Import(text => text.Probe("insmod-98", Mapped, 0x1000).Probe("insmod-99", Mapped, 0x2000)
            .Map("insmod-99", 0xb600000, "0000:00:02.0").GetStatus("insmod-99", 15).Map("hwrng-35", 0xb600800, "0000:00:02.0"));

        Assert.Equal([1, 1], imported.Of(EventKind.Map).Select(record => (int)record.Device));
    }

    [Fact]
    public void Queues_that_lines_connect_with_a_device_give_its_mappings_device_and_queue()
    {
        var imported = Import(text => text.Probe("insmod-98", Mapped, 0x1000, 0x10, queues: 2).Probe("insmod-99", Mapped, 0x2000, 0x20, queues: 2)
            .Line("insmod-99", "x: (vring_transport_features+0x0/0x50 [virtio_ring]) vdev=0x2000")
            .Line("insmod-99", "y: (vring_create_virtqueue+0x0/0x370 [virtio_ring]) idx=1 num=8 vdev=0x2000")
            .Line("insmod-99", "z: (setup_vq+0xc2/0x140 [virtio_pci] <- vring_create_virtqueue) vq=0x30")
            .Line("kworker-35", "m: (vring_map_one_sg+0x0/0x50 [virtio_ring]) vq=0x30 len=16 dir=1")
            .Line("kworker-35", "n: (dma_map_page_attrs+0x0/0x270) dev=\"0000:00:02.0\" size=16 dir=1")
            .Line("kworker-35", "o: ([unknown/kretprobe'd] <- dma_map_page_attrs) dma=0xb600000")
            .Line("kworker-35", "p: (virtqueue_add_split+0x17b/0x700 [virtio_ring] <- vring_map_one_sg) dma=0xb600000")
            .Line("kworker-35", "w: (vp_notify+0x0/0x20 [virtio_pci]) vq=0x30"));

        var map = Assert.Single(imported.Of(EventKind.Map));
        Assert.Equal((1, 1), ((int)map.Device, (int)map.Queue));
        var doorbell = Assert.Single(imported.Of(EventKind.Doorbell));
        Assert.Equal((1, 1, 1UL), ((int)doorbell.Device, (int)doorbell.Queue, doorbell.Value!.Value));
    }

    [Fact]
    public void A_buffer_of_a_driver_that_maps_nothing_shows_where_the_ring_code_says_so()
    {
        var imported = Import(text => text.Probe("insmod-98", Unmapped, 0x1000, 0x10)
            .Line("insmod-98", "m: (vring_map_one_sg+0x0/0x50 [virtio_ring]) vq=0x30 len=4096 dir=2")
            .Line("insmod-98", "p: (virtqueue_add_split+0x298/0x700 [virtio_ring] <- vring_map_one_sg) dma=0x554d000")
            .Line("insmod-98", "m: (vring_map_one_sg+0x0/0x50 [virtio_ring]) vq=0x30 len=4096 dir=2")
            // Later kernels return an error code.
            .Line("insmod-98", "p: (virtqueue_add_split+0x298/0x700 [virtio_ring] <- vring_map_one_sg) dma=0x0"));

        var map = Assert.Single(imported.Of(EventKind.Map));
        Assert.Equal((0x554d000UL, 4096UL, Direction.FromDevice), (map.Address, map.Length, map.Direction));
    }

    [Fact]
    public void Behind_an_IOMMU_two_devices_may_map_the_same_address()
    {
        var imported = Import(text => text.Probe("insmod-98", Mapped, 0x1000).Map("insmod-98", 0xfffff000, "0000:00:01.0")
            .Probe("insmod-99", Mapped, 0x2000).Map("insmod-99", 0xfffff000, "0000:00:02.0")
            .Unmap("<idle>-0", 0xfffff000)
            .Line("<idle>-0", "u: (dma_unmap_page_attrs+0x0/0x1c0) dev=\"0000:00:02.0\" dma=0xfffff000 size=16 dir=1"));

        Assert.Equal([0, 1], imported.Of(EventKind.Map).Select(record => (int)record.Device));
        var unmap = Assert.Single(imported.Of(EventKind.Unmap));
        Assert.Equal((1, 2U), ((int)unmap.Device, unmap.MappingId!.Value));
    }

    [Fact]
    public void An_interrupt_between_call_and_return_does_not_get_their_mapping()
    {
        var imported = Import(text => text.Probe("insmod-98", Mapped, 0x1000)
            .Line("insmod-98", "n: (dma_map_page_attrs+0x0/0x270) dev=\"0000:00:01.0\" size=16 dir=1")
            .Map("insmod-98", 0xb700000, "0000:00:01.0", 32, "d.h1.")
            .Line("insmod-98", "o: (virtqueue_add_split+0x17b/0x700 [virtio_ring] <- dma_map_page_attrs) dma=0xb600000"));

        Assert.Equal([(0xb700000UL, 32UL), (0xb600000UL, 16UL)], imported.Of(EventKind.Map).Select(record => (record.Address!.Value, record.Length!.Value)));
    }

    [Fact]
    public void A_trace_without_registers_tells_devices_by_what_its_lines_name()
    {
        var imported = Import(text => text
            .Line("kworker-35", "v: (virtqueue_notify+0x0/0x40 [virtio_ring]) vq=0x30 vdev=0x1000 idx=3")
            .Line("kworker-35", "v: (virtqueue_notify+0x0/0x40 [virtio_ring]) vq=0x40 vdev=0x2000 idx=0")
            .Line("kworker-35", "v: (virtqueue_notify+0x0/0x40 [virtio_ring]) vq=0x50"));

        Assert.Equal([(0, 3), (1, 0), (EventRecord.None, EventRecord.None)], imported.Of(EventKind.Doorbell).Select(record => ((int)record.Device, (int)record.Queue)));
    }

    private static Imported Import(Func<FtraceText, FtraceText> write) => Imported.Of(new FtraceImporter(), write(new FtraceText()).ToString());

    private static IEnumerable<(int Device, ulong Ring)> Rings(Imported imported)
        => imported.Of(EventKind.RegisterWrite).Where(record => record.RegisterName == RegisterName.QueueDescLow).Select(record => ((int)record.Device, record.Value!.Value));

    private static IEnumerable<EventRecord> Statuses(Imported imported)
        => imported.Events.Select(entry => entry.Record).Where(record => record.RegisterName == RegisterName.DeviceStatus);
}
