using System.Text;
using Tracing.Capture.Importing.Ftrace;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>Ftrace text: the shapes of its lines, and what a line becomes.</summary>
public sealed class FtraceTests
{
    private const string Status = "set_status: (vp_modern_set_status+0x0/0x20 [virtio_pci_modern_dev]) mdev=0xffff888003c73b58 status=3";
    private const int DoorbellLines = 70_000;
    private const ulong Features = 0x1_3000_6e54 | (1UL << 33);

    [Theory]
    [InlineData("          insmod-97      [000] .....     3.690764: ", "insmod-97", 3_690_764_000)]
    [InlineData("          insmod-97      [000] ....      3.690764: ", "insmod-97", 3_690_764_000)]
    [InlineData("          insmod-97    [000] 3.690764: ", "insmod-97", 3_690_764_000)]
    [InlineData("          insmod-97    [000]     3.690764123: ", "insmod-97", 3_690_764_123)]
    [InlineData("          insmod-97    (-------) [000] ..... 3.690764: ", "insmod-97", 3_690_764_000)]
    [InlineData("          insmod-97    (     97) [013] d..1. 3.690764: ", "insmod-97", 3_690_764_000)]
    [InlineData("           <...>-97      [000] .....     3.690764: ", "<...>-97", 3_690_764_000)]
    [InlineData(" my - [1]: x [y]-97      [000] .....     3.690764: ", "my - [1]: x [y]-97", 3_690_764_000)]
    [InlineData("    kworker/0:1H-97      [000] .....     3.690764: ", "kworker/0:1H-97", 3_690_764_000)]
    public void A_line_is_read_whatever_columns_it_has(string before, string task, long time)
    {
        var imported = Imported.Of(new FtraceImporter(), before + Status + "\r\n");

        var written = Assert.Single(imported.Of(EventKind.RegisterWrite));
        Assert.Equal((RegisterName.DeviceStatus, 3UL, time), (written.RegisterName, written.Value, written.Time));
        Assert.Equal(task, Assert.Single(imported.Events, entry => entry.Record.Kind == EventKind.ThreadStarted).Note);
    }

    [Fact]
    public void A_clock_that_counts_no_time_gives_none()
    {
        var imported = Imported.Of(new FtraceImporter(), $"insmod-97 [000] ..... 4711: {Status}\n");

        Assert.Equal(EventRecord.UnknownTime, Assert.Single(imported.Of(EventKind.RegisterWrite)).Time);
        Assert.Equal("none", imported.Source.Clock.Name);
    }

    [Theory]
    [InlineData("insmod-97 [000] 3.690764: set_status:           (ffffffffc01c9010) status=3")]
    [InlineData("insmod-97 [000] 3.690764: p_vp_modern_set_status_0:     (ffffffffc01c9010) arg1=3")]
    [InlineData("insmod-97 [000] 3.690764: anything: (vp_modern_set_status.isra.0+0x0/0x20) val=0x3")]
    public void A_function_is_known_by_its_symbol_or_where_there_is_none_by_its_probe(string line)
        => Assert.Equal(3UL, Assert.Single(Imported.Of(new FtraceImporter(), line + "\n").Of(EventKind.RegisterWrite)).Value);

    [Fact]
    public void Functions_become_the_registers_that_they_access()
    {
        var imported = Imported.Of(new FtraceImporter(), new FtraceText().Probe("insmod-98", Features, 0x1_0584_a000).ToString());

        Assert.Equal(
            [
                (RegisterName.DeviceFeatureSelect, null, 0UL), (RegisterName.DeviceFeature, (byte?)0, 0x3000_6e54UL),
                (RegisterName.DeviceFeatureSelect, null, 1UL), (RegisterName.DeviceFeature, 1, 3UL),
                (RegisterName.DriverFeatureSelect, null, 0UL), (RegisterName.DriverFeature, 0, 0x3000_6e54UL),
                (RegisterName.DriverFeatureSelect, null, 1UL), (RegisterName.DriverFeature, 1, 3UL),
            ],
            Accesses(imported).Where(record => record.RegisterName.ToString()!.Contains("Feature", StringComparison.Ordinal))
                .Select(record => (record.RegisterName!.Value, record.FeatureWord, record.Value!.Value)));
        Assert.Equal(
            [
                (RegisterName.QueueSelect, 0UL), (RegisterName.QueueSize, 8UL),
                (RegisterName.QueueSelect, 0UL),
                (RegisterName.QueueDescLow, 0x584a000UL), (RegisterName.QueueDescHigh, 1UL),
                (RegisterName.QueueDriverLow, 0x584a080UL), (RegisterName.QueueDriverHigh, 1UL),
                (RegisterName.QueueDeviceLow, 0x584a0c0UL), (RegisterName.QueueDeviceHigh, 1UL),
                (RegisterName.QueueSelect, 0UL), (RegisterName.QueueEnable, 1UL),
            ],
            Accesses(imported).Where(record => record.Queue == 0).Select(record => (record.RegisterName!.Value, record.Value!.Value)));
        Assert.Equal(["driver.register_read", "driver.register_write"], imported.Source.Sees);
    }

    [Theory]
    [InlineData("vp_modern_get_status")]
    [InlineData("vp_modern_get_features")]
    [InlineData("vp_modern_set_features")]
    [InlineData("vp_modern_set_queue_size")]
    [InlineData("vp_modern_queue_address")]
    [InlineData("vp_modern_set_queue_enable")]
    public void Accesses_count_as_seen_only_if_no_probe_is_missing(string function)
    {
        var lines = new FtraceText().Probe("insmod-98", Features, 0x584a000).ToString().Split('\n').Where(line => !line.Contains(function, StringComparison.Ordinal));

        var imported = Imported.Of(new FtraceImporter(), string.Join('\n', lines));

        Assert.DoesNotContain(function.Contains("_get_", StringComparison.Ordinal) ? "driver.register_read" : "driver.register_write", imported.Source.Sees);
        Assert.NotEmpty(Accesses(imported));
    }

    [Fact]
    public void A_mapping_is_one_from_the_call_to_its_end_and_knows_the_original()
    {
        var text = new FtraceText().SetStatus("insmod-98", 0).Probe("insmod-98", Features, 0x584a000)
            .Map("kworker-35", 0xb600000, "0000:00:01.0").Unmap("<idle>-0", 0xb600000);

        var imported = Imported.Of(new FtraceImporter(), text.ToString());

        var map = Assert.Single(imported.Of(EventKind.Map));
        Assert.Equal((Part.Payload, 0xb600000UL, 16UL, Direction.ToDevice), (map.Part, map.Address, map.Length, map.Direction));
        Assert.Equal((AddressSpace.Cpu, 0x58b2210UL), (map.TargetSpace, map.Target));
        var unmap = Assert.Single(imported.Of(EventKind.Unmap));
        Assert.Equal((map.Device, map.Queue, map.MappingId), (unmap.Device, unmap.Queue, unmap.MappingId));
        Assert.NotEqual(map.Thread, unmap.Thread);
        Assert.Equal((ushort)0, map.Device);
    }

    [Fact]
    public void What_is_mapped_besides_the_buffers_is_the_table_that_holds_them()
    {
        var text = new FtraceText().SetStatus("insmod-98", 0).Probe("insmod-98", Features, 0x584a000).Map("kworker-35", 0xb600000, "0000:00:01.0")
            .Line("kworker-35", "n: (dma_map_page_attrs+0x0/0x270) page=0xffffea0000161800 off=0x4c0 size=48 dir=1")
            .Line("kworker-35", "o: (virtqueue_add_split+0x659/0x700 [virtio_ring] <- dma_map_page_attrs) dma=0xb602800");

        var parts = Imported.Of(new FtraceImporter(), text.ToString()).Of(EventKind.Map).Select(record => record.Part);

        Assert.Equal([Part.Payload, Part.IndirectTable], parts);
    }

    [Fact]
    public void A_mapping_that_failed_is_none()
        => Assert.Empty(Imported.Of(new FtraceImporter(), new FtraceText().SetStatus("insmod-98", 0).Probe("insmod-98", Features, 0x584a000)
            .Map("kworker-35", ulong.MaxValue, "0000:00:01.0").ToString()).Of(EventKind.Map));

    [Fact]
    public void The_kernels_own_events_tell_the_same()
    {
        var text = new FtraceText().SetStatus("insmod-98", 0).Probe("insmod-98", Features, 0x584a000).ToString();
        const string ring = "r: (vp_modern_queue_address";
        const string allocated = "dma_alloc: 0000:00:01.0 dir=BIDIRECTIONAL dma_addr=584a000 size=454 virt_addr=00000000c0ffee00 flags=GFP_KERNEL attrs=";
        var index = text.LastIndexOf('\n', text.IndexOf(ring, StringComparison.Ordinal)) + 1;
        text = text.Insert(index, $"insmod-98 [000] ..... 2.000130: {allocated}\n") + new FtraceText()
            .Line("kworker-35", "dma_map_phys: 0000:00:01.0 dir=FROM_DEVICE dma_addr=b601000 size=4096 phys_addr=5872000 attrs=")
            .Line("kworker-35", "dma_map_page: 0000:00:1f.2 dir=FROM_DEVICE dma_addr=c601000 size=4096 phys_addr=5872000 attrs=")
            .Line("kworker-35", "dma_map_sg: 0000:00:01.0 dir=TO_DEVICE nents=2/2 ents=2/2 dma_addrs={0xb603000,0xb604000} sizes={0x10,0x20} phys_addrs={0x1000,0x2000} attrs=")
            .Line("<idle>-0", "dma_unmap_phys: 0000:00:01.0 dir=FROM_DEVICE dma_addr=b601000 size=4096 attrs=");

        var imported = Imported.Of(new FtraceImporter(), text);

        Assert.Equal(
            [
                (0, Part.DescriptorArea, (ulong?)0x584a000, (ulong?)454, null),
                (0, Part.Unknown, 0xb601000, 4096, (ulong?)0x5872000),
                (0, Part.Unknown, 0xb603000, 16, 0x1000),
                (0, Part.Unknown, 0xb604000, 32, 0x2000),
            ],
            imported.Of(EventKind.Map).Select(record => ((int)record.Device, record.Part!.Value, record.Address, record.Length, record.Target)));
        Assert.Equal(imported.Of(EventKind.Map).ElementAt(1).MappingId, Assert.Single(imported.Of(EventKind.Unmap)).MappingId);
        Assert.Contains(imported.Events, entry => entry.Note?.Contains("'dma_map_page' of a device that is not known to be a virtio device", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void A_function_and_the_kernels_event_in_it_are_one()
    {
        var text = new FtraceText().SetStatus("insmod-98", 0).Probe("insmod-98", Features, 0x584a000).Map("kworker-35", 0xb600000, "0000:00:01.0")
            .Line("kworker-35", "n: (dma_map_page_attrs+0x0/0x270) page=0xffffea0000161800 off=0x4c0 size=48 dir=1")
            .Line("kworker-35", "dma_map_page: 0000:00:01.0 dir=TO_DEVICE dma_addr=b601000 size=48 phys_addr=5872000 attrs=")
            .Line("kworker-35", "o: (virtqueue_add_split+0x659/0x700 [virtio_ring] <- dma_map_page_attrs) dma=0xb601000")
            .Unmap("<idle>-0", 0xb601000, 48)
            .Line("<idle>-0", "dma_unmap_page: 0000:00:01.0 dir=TO_DEVICE dma_addr=b601000 size=48 attrs=", "d.h2.");

        var imported = Imported.Of(new FtraceImporter(), text.ToString());

        Assert.Equal([0xb600000UL, 0xb601000UL], imported.Of(EventKind.Map).Select(record => record.Address));
        Assert.Single(imported.Of(EventKind.Unmap));
    }

    [Fact]
    public void A_buffer_that_the_kernels_event_tells_is_not_told_again_by_the_call_around_it()
    {
        var text = new FtraceText().SetStatus("insmod-98", 0).Probe("insmod-98", Features, 0x584a000)
            .Line("kworker-35", "m: (vring_map_one_sg+0x0/0x50 [virtio_ring]) vq=0x30 len=16 dir=1")
            .Line("kworker-35", "swiotlb_bounced: dev_name: 0000:00:01.0 dma_mask=ffffffffffffffff dev_addr=58b2210 size=16 FORCE")
            .Line("kworker-35", "dma_map_page: 0000:00:01.0 dir=TO_DEVICE dma_addr=b601000 size=16 phys_addr=58b2210 attrs=")
            .Line("kworker-35", "p: (virtqueue_add_split+0x17b/0x700 [virtio_ring] <- vring_map_one_sg) dma=0xb601000");

        var map = Assert.Single(Imported.Of(new FtraceImporter(), text.ToString()).Of(EventKind.Map));
        Assert.Equal((Part.Payload, 0xb601000UL, (ushort)0), (map.Part!.Value, map.Address!.Value, map.Device));
    }

    [Fact]
    public void An_address_that_is_unmapped_twice_on_one_thread_was_mapped_twice()
    {
        var text = new FtraceText().SetStatus("insmod-98", 0).Probe("insmod-98", Features, 0x584a000)
            .Map("kworker-35", 0xfffff000, "0000:00:01.0").Unmap("<idle>-0", 0xfffff000)
            .Map("kworker-35", 0xfffff000, "0000:00:01.0").Unmap("<idle>-0", 0xfffff000);

        Assert.Equal([1U, 2U], Imported.Of(new FtraceImporter(), text.ToString()).Of(EventKind.Unmap).Select(record => record.MappingId));
    }

    [Fact]
    public void A_doorbell_is_one_whether_both_of_its_functions_were_probed_or_one()
    {
        var text = new FtraceText().SetStatus("insmod-98", 0).Probe("insmod-98", Features, 0x584a000)
            .Line("kworker-35", "v: (virtqueue_notify+0x0/0x40 [virtio_ring]) vq=0xffff88800586bc00 vdev=0x10 idx=0")
            .Line("kworker-35", "w: (vp_notify+0x0/0x20 [virtio_pci]) vq=0xffff88800586bc00")
            .Line("kworker-35", "v: (virtqueue_notify+0x0/0x40 [virtio_ring]) vq=0xffff88800586bc00")
            .Line("kworker-36", "w: (vp_notify+0x0/0x20 [virtio_pci]) vq=0xffff88800586bc00");

        var doorbells = Imported.Of(new FtraceImporter(), text.ToString()).Of(EventKind.Doorbell);

        Assert.Equal(
            [((ushort)0, (byte?)2, (ulong?)0), (0, null, null), (0, 2, 0)],
            doorbells.Select(record => (record.Queue, record.Width, record.Value)));
    }

    [Fact]
    public void Events_that_ftrace_lost_are_losses()
    {
        var text = new FtraceText()
            .Raw("# tracer: nop").Raw("#").Raw("# entries-in-buffer/entries-written: 2/912   #P:2")
            .SetStatus("insmod-98", 0).Raw("CPU:1 [LOST 17 EVENTS]").Raw("CPU:0 [EVENTS DROPPED]").Raw("CPU:3 [204600 EVENTS DROPPED]")
            .Raw("##### CPU 1 buffer started ####").Raw("cpus=2").Raw("CPU 3 is empty").Raw("");

        var imported = Imported.Of(new FtraceImporter(), text.ToString());

        Assert.Equal([910UL, 17UL, null, 204600UL, null], imported.Of(EventKind.Loss).Select(record => record.Value));
        Assert.DoesNotContain(imported.Events, entry => entry.Record.Kind == EventKind.Remark);
    }

    [Fact]
    public void Lines_that_say_nothing_are_counted_and_shown_once()
    {
        var text = new FtraceText()
            .Raw("hello").Raw("hello again").Line("dd-1", "block_getrq: 254,0 RS 0 + 8 [dd]").Line("dd-1", "x: (do_sys_open+0x0/0x10) f=1")
            .Line("dd-1", "a: (vp_modern_set_status+0x0/0x20) status=(fault)").Line("dd-1", "r: (vp_modern_queue_address+0x0/0x80) idx=0 desc=0x29f insmod-98 [000] ...");

        var imported = Imported.Of(new FtraceImporter(), text.ToString());

        Assert.Equal(
            [
                "1 lines gave no event: 'a' is not as it was expected",
                "1 lines gave no event: 'block_getrq' is not made use of",
                "1 lines gave no event: 'r' is not as it was expected",
                "1 lines gave no event: 'x' is not made use of",
                "2 lines gave no event: no trace event",
            ],
            imported.Events.Select(entry => entry.Note![..entry.Note!.IndexOf(';', StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
        Assert.Empty(imported.Source.Sees);
    }

    [Fact]
    public void A_last_line_without_an_end_may_have_been_cut_short()
    {
        var whole = new FtraceText().SetStatus("insmod-98", 0).SetStatus("insmod-98", 128).ToString();

        var imported = Imported.Of(new FtraceImporter(), whole[..^2]);

        Assert.Equal(0UL, Assert.Single(imported.Of(EventKind.RegisterWrite)).Value);
        Assert.Contains(imported.Events, entry => entry.Note?.Contains("the last line has no end", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Mutated_texts_do_no_harm()
    {
        var whole = Encoding.Latin1.GetBytes(Everything());
        var most = 40 * whole.Count(letter => letter == '\n');
        Mutation.Run(whole, bytes =>
        {
            var imported = Imported.Of(new FtraceImporter(), bytes);
            Assert.True(imported.IsComplete);
            Assert.True(imported.Events.Count < most);
        });
    }

    [Fact]
    public void An_event_whose_device_never_shows_does_not_hold_the_others_for_ever()
    {
        var text = new FtraceText().SetStatus("insmod-97", 0);
        for (var line = 0; line < DoorbellLines; line++) text.Line("dd-1", "v: (virtqueue_notify+0x0/0x40) vq=0x10");
        var imported = Imported.Of(new FtraceImporter(), text.ToString());

        Assert.Equal(DoorbellLines, imported.Of(EventKind.Doorbell).Count());
        Assert.Equal(EventRecord.None, Assert.Single(imported.Of(EventKind.RegisterWrite)).Device);
    }

    private static IEnumerable<EventRecord> Accesses(Imported imported)
        => imported.Events.Select(entry => entry.Record).Where(record => record.Kind is EventKind.RegisterRead or EventKind.RegisterWrite);

    private static string Everything() => new FtraceText()
        .Raw("# entries-in-buffer/entries-written: 2/912   #P:2")
        .SetStatus("insmod-97", 0, "mdev=0x10 ").Probe("insmod-98", Features, 0x584a000, 0x10, queues: 2)
        .Line("insmod-98", "x: (vring_transport_features+0x0/0x50 [virtio_ring]) vdev=0x20")
        .Line("insmod-98", "y: (vring_create_virtqueue+0x0/0x370 [virtio_ring]) idx=1 num=8 vdev=0x20")
        .Line("insmod-98", "l: (dma_alloc_attrs+0x0/0x60) dev=\"0000:00:01.0\" size=454")
        .Line("insmod-98", "k: (vring_alloc_queue_split+0x78/0x160 [virtio_ring] <- dma_alloc_attrs) va=0xffff88800584a000")
        .Line("insmod-98", "z: (setup_vq+0xc2/0x140 [virtio_pci] <- vring_create_virtqueue) vq=0x30")
        .Line("kworker-35", "add_sgs: (virtqueue_add_sgs+0x0/0xd0 [virtio_ring]) vq=0x30")
        .Map("kworker-35", 0xb600000, "0000:00:01.0")
        .Line("kworker-35", "add_sgs_ret: (virtblk_add_req+0xed/0x150 <- virtqueue_add_sgs) ret=0")
        .Line("kworker-35", "dma_map_sg: 0000:00:01.0 dir=TO_DEVICE nents=2/2 ents=2/2 dma_addrs={0xb603000,0xb604000} sizes={0x10,0x20} phys_addrs={0x1000,0x2000} attrs=")
        .Line("kworker-35", "w: (vp_notify+0x0/0x20 [virtio_pci]) vq=0x30")
        .Raw("CPU:1 [LOST 17 EVENTS]")
        .Unmap("<idle>-0", 0xb600000)
        .ToString();
}
