using System.Text;
using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Block;
using Tracing.Virtio.Device;
using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;
using Xunit;

namespace Tracing.Tests.Virtio;

/// <summary>How the device serves a split ring: chains, requests, notifications, barriers.</summary>
public sealed class RingServiceTests
{
    private static readonly FeatureSet plain = FeatureSet.Of(FeatureBit.Version1, FeatureBit.Swiotlb, FeatureBit.BlkFlush);

    private readonly DeviceRig rig = new();

    [Fact]
    public void What_is_written_is_on_the_medium_and_reads_back()
    {
        var ring = rig.BringUp();
        var data = Pattern(1024);
        ring.DescribeRequest(0, (uint)BlkRequestType.Out, 5, ring.Buffers, 1024, deviceWrites: false);
        rig.Write(ring.Buffers + 32, data);
        Assert.Equal((0, 1u), Serve(ring, 0, ring.Buffers + 32 + 1024));
        Assert.Equal(data, rig.Medium.Bytes.Slice(5 * 512, 1024).ToArray());

        var other = ring.Buffers + 0x2000;
        ring.DescribeRequest(4, (uint)BlkRequestType.In, 5, other, 1024, deviceWrites: true);
        Assert.Equal((0, 1025u), Serve(ring, 4, other + 32 + 1024));
        Assert.Equal(data, rig.Read(other + 32, 1024));
        Assert.Equal((4u, 1025u), ring.UsedAt(1));
        Assert.Empty(rig.Sink.Of(EventKind.DeviceError));
    }

    [Theory]
    [InlineData((uint)BlkRequestType.In, 255UL, 512u, 0)]
    [InlineData((uint)BlkRequestType.In, 256UL, 512u, 1)]
    [InlineData((uint)BlkRequestType.In, 255UL, 1024u, 1)]
    [InlineData((uint)BlkRequestType.In, ulong.MaxValue, 512u, 1)]
    [InlineData((uint)BlkRequestType.In, ulong.MaxValue / 512, 512u, 1)]
    [InlineData((uint)BlkRequestType.In, 0UL, 100u, 1)]
    [InlineData(77u, 0UL, 512u, 2)]
    [InlineData(uint.MaxValue, 0UL, 512u, 2)]
    public void A_request_ends_with_its_status_and_leaves_no_stale_bytes(uint type, ulong sector, uint length, int status)
    {
        var ring = rig.BringUp();
        ring.DescribeRequest(0, type, sector, ring.Buffers, length, deviceWrites: true);
        rig.Write(ring.Buffers + 32, Pattern((int)length));
        Assert.Equal((status, length + 1), Serve(ring, 0, ring.Buffers + 32 + length));
        Assert.Equal(new byte[length], rig.Read(ring.Buffers + 32, (int)length));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 2)]
    public void Flush_is_known_only_where_it_was_negotiated(bool negotiated, int status)
    {
        var ring = rig.BringUp(negotiated ? plain : plain.Without(FeatureBit.BlkFlush));
        rig.WriteHeader(ring.Buffers, (uint)BlkRequestType.Flush, 0);
        ring.Describe(0, ring.Buffers, 16, DescriptorFlags.Next, 1);
        ring.Describe(1, ring.Buffers + 16, 1, DescriptorFlags.Write);
        Assert.Equal((status, 1u), Serve(ring, 0, ring.Buffers + 16));
        Assert.Equal(negotiated ? 1 : 0, rig.Medium.Flushes);
    }

    [Theory]
    [InlineData(20u)]
    [InlineData(8u)]
    [InlineData(64u)]
    public void Get_id_fills_what_there_is_room_for(uint room)
    {
        var ring = rig.BringUp();
        ring.DescribeRequest(0, (uint)BlkRequestType.GetId, 0, ring.Buffers, room, deviceWrites: true);
        Assert.Equal((0, room + 1), Serve(ring, 0, ring.Buffers + 32 + room));
        var id = Encoding.ASCII.GetString(rig.Read(ring.Buffers + 32, (int)room)).TrimEnd('\0');
        Assert.StartsWith(id, "virtio-reference", StringComparison.Ordinal);
        Assert.Equal(Math.Min(16, (int)room), id.Length);
    }

    [Fact]
    public void A_failing_medium_is_an_IO_error_and_no_failure_of_the_device()
    {
        var broken = new DeviceRig(backend: new BrokenMedium());
        var ring = broken.BringUp();
        ring.DescribeRequest(0, (uint)BlkRequestType.In, 0, ring.Buffers, 512, deviceWrites: true);
        broken.Write(ring.Buffers + 32, Pattern(512));
        ring.Publish(0);
        ring.Kick();
        broken.Settle();
        Assert.Equal([(byte)BlkStatus.IoError], broken.Read(ring.Buffers + 32 + 512, 1));
        Assert.Equal(new byte[512], broken.Read(ring.Buffers + 32, 512));
        Assert.Equal(DeviceStatus.None, broken.Status & DeviceStatus.NeedsReset);
    }

    [Fact]
    public void A_header_and_its_data_may_be_cut_anywhere()
    {
        var ring = rig.BringUp();
        var data = Pattern(512);
        rig.WriteHeader(ring.Buffers, (uint)BlkRequestType.Out, 3);
        rig.Write(ring.Buffers + 16, data);
        uint[] cuts = [3, 10, 5, 500, 10];
        var at = ring.Buffers;
        for (ushort i = 0; i < cuts.Length; i++)
        {
            ring.Describe(i, at, cuts[i], DescriptorFlags.Next, (ushort)(i + 1));
            at += cuts[i];
        }

        ring.Describe(5, at, 1, DescriptorFlags.Write);
        Assert.Equal((0, 1u), Serve(ring, 0, at));
        Assert.Equal(data, rig.Medium.Bytes.Slice(3 * 512, 512).ToArray());
        // One event per contiguous piece: header 3 + 10 + 3, data 2 + 500 + 10.
        var lengths = rig.Sink.Of(EventKind.DmaRead).Where(read => read.Part == Part.Payload).Select(read => read.Length!.Value);
        Assert.Equal([3UL, 10UL, 3UL, 2UL, 500UL, 10UL], lengths);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_indirect_table_serves_alone_or_behind_direct_descriptors(int direct)
    {
        var ring = rig.BringUp();
        var table = ring.Buffers + 0x4000;
        rig.WriteHeader(ring.Buffers, (uint)BlkRequestType.In, 1);
        rig.Medium.Bytes.Slice(512, 512).Fill(9);
        if (direct == 1) ring.Describe(0, ring.Buffers, 16, DescriptorFlags.Next, 7);
        // WRITE on the descriptor that names a table means nothing.
        ring.Describe(direct == 1 ? 7 : 0, table, direct == 1 ? 32u : 48u, DescriptorFlags.Indirect | DescriptorFlags.Write);
        var entry = table;
        if (direct == 0)
        {
            ring.DescribeAt(entry, ring.Buffers, 16, DescriptorFlags.Next, 1);
            entry += 16;
        }

        ring.DescribeAt(entry, ring.Buffers + 32, 512, DescriptorFlags.Next | DescriptorFlags.Write, (ushort)(2 - direct));
        ring.DescribeAt(entry + 16, ring.Buffers + 32 + 512, 1, DescriptorFlags.Write);
        Assert.Equal((0, 513u), Serve(ring, 0, ring.Buffers + 32 + 512));
        Assert.All(rig.Read(ring.Buffers + 32, 512), value => Assert.Equal(9, value));
        Assert.Equal(3 - direct, rig.Sink.Of(EventKind.DmaRead).Count(read => read.Part == Part.IndirectDescriptor));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(32768)]
    public void Queues_of_the_smallest_and_the_greatest_size_go_round(int size)
    {
        var bench = new DeviceRig(new DeviceOptions { QueueSize = QueueSize.Greatest });
        var ring = bench.BringUp(size: (ushort)size);
        var table = ring.Buffers + 0x100;
        bench.WriteHeader(ring.Buffers, (uint)BlkRequestType.In, 0);
        for (var i = 0; i < Math.Min(size, 5) + 3; i++)
        {
            // A queue of one or two holds a request only where its table has as few buffers: header and status.
            ring.DescribeAt(table, ring.Buffers, 16, DescriptorFlags.Next, 1);
            ring.DescribeAt(table + 16, ring.Buffers + 64, 1, DescriptorFlags.Write);
            ring.Describe(0, table, 32, DescriptorFlags.Indirect);
            ring.Publish(0);
            ring.Kick();
            bench.Settle();
            if (size == 1) break;
            Assert.Equal(i + 1, ring.UsedIndex);
        }

        var failed = (bench.Status & DeviceStatus.NeedsReset) != 0;
        Assert.Equal(size == 1, failed);
    }

    [Fact]
    public void Without_EVENT_IDX_flags_decide_on_both_sides()
    {
        var ring = rig.BringUp(plain);
        Request(ring, 0);
        Assert.Equal(0, ring.UsedFlags);
        Assert.Equal(1, Interrupts());
        var stored = rig.Sink.Of(EventKind.DmaWrite).Where(write => write.Part == Part.UsedFlags).Select(write => write.Value);
        Assert.Equal([(ulong)RingFlags.NoNotify, 0UL], stored);

        ring.Store(ring.Layout.AvailableFlags, RingFlags.NoInterrupt);
        Request(ring, 4);
        Assert.Equal(1, Interrupts());
        Assert.Equal(2, ring.UsedIndex);
    }

    [Fact]
    public void With_EVENT_IDX_events_decide_on_both_sides()
    {
        var ring = rig.BringUp(plain.With(FeatureBit.EventIndex));
        ring.Store(ring.Layout.UsedEvent, 1);
        ring.Store(ring.Layout.AvailableFlags, RingFlags.NoInterrupt);
        Request(ring, 0);
        Assert.Equal((0, 1), (Interrupts(), ring.AvailableEvent));
        Request(ring, 4);
        Assert.Equal((1, 2), (Interrupts(), ring.AvailableEvent));
        Request(ring, 8);
        Assert.Equal((1, 3), (Interrupts(), ring.AvailableEvent));
        Assert.Equal(0, ring.UsedFlags);
    }

    [Fact]
    public void A_batch_of_used_entries_is_published_by_one_index_and_one_decision()
    {
        var bench = new DeviceRig(new DeviceOptions { UsedBatch = 4 });
        var ring = bench.BringUp(plain.With(FeatureBit.EventIndex));
        for (ushort i = 0; i < 3; i++) ring.DescribeRequest((ushort)(4 * i), 0, i, ring.Buffers + 0x1000UL * i, 512, deviceWrites: true);
        ring.Publish(0, 4, 8);
        ring.Kick();
        bench.Settle();
        Assert.Equal(3, ring.UsedIndex);
        Assert.Equal([3UL], bench.Sink.Of(EventKind.DmaWrite).Where(write => write.Part == Part.UsedIndex).Select(write => write.Value!.Value));
        Assert.Single(bench.Sink.Of(EventKind.Interrupt));
    }

    [Fact]
    public void A_queue_without_a_vector_never_interrupts_and_a_masked_one_waits()
    {
        var ring = rig.BringUp(plain);
        rig.Common(CommonConfig.QueueMsixVector, 2, CommonConfig.NoVector);
        Request(ring, 0);
        Assert.Equal(0, Interrupts());

        rig.Common(CommonConfig.QueueMsixVector, 2, 2);
        rig.Device.WriteBar(0, 0x2000 + 2 * 16 + 12, 4, 1);
        Request(ring, 4);
        Assert.Equal(0, Interrupts());
        Assert.Equal(4UL, rig.Device.ReadBar(0, 0x3000, 8));
        rig.Device.WriteBar(0, 0x2000 + 2 * 16 + 12, 4, 0);
        Assert.Equal(1, Interrupts());
        Assert.True(rig.Mailbox.TryTake(out var data));
        Assert.Equal(0x42u, data);
        Assert.Equal((ushort)0, rig.Sink.Of(EventKind.Interrupt).Last().Queue);
    }

    [Fact]
    public void Without_MSI_X_the_pin_rises_until_the_ISR_is_read()
    {
        var ring = rig.BringUp(plain, msix: false);
        Request(ring, 0);
        Assert.True(rig.Mailbox.Level);
        Assert.Equal(1UL, rig.Device.ReadBar(0, 0x400, 1));
        Assert.False(rig.Mailbox.Level);
        Assert.Equal(0UL, rig.Device.ReadBar(0, 0x400, 1));
        Assert.Null(rig.Sink.Of(EventKind.Interrupt).Single().Slot);
    }

    [Fact]
    public void Nothing_is_consumed_before_DRIVER_OK_and_everything_published_is_afterwards()
    {
        rig.Negotiate(plain);
        var ring = rig.AddRing(0, 16, DeviceRig.RegionBase);
        ring.DescribeRequest(0, 0, 0, ring.Buffers, 512, deviceWrites: true);
        ring.Publish(0);
        ring.Kick();
        rig.Settle();
        Assert.Empty(rig.Sink.Of(EventKind.DmaRead));
        rig.DriverOk();
        rig.Settle();
        Assert.Equal(1, ring.UsedIndex);
    }

    [Fact]
    public void While_a_reset_is_pending_work_goes_on_and_afterwards_nothing_is_touched()
    {
        var bench = new DeviceRig(new DeviceOptions { ResetSteps = 5 });
        var ring = bench.BringUp(plain);
        for (ushort i = 0; i < 4; i++) ring.DescribeRequest((ushort)(4 * i), 0, i, ring.Buffers + 0x1000UL * i, 512, deviceWrites: true);
        ring.Publish(0, 4, 8, 12);
        ring.Kick();
        bench.Step();
        bench.Sink.Events.Clear();
        bench.SetStatus(DeviceStatus.None);
        bench.Settle();
        var presented = bench.Sink.Events.FindIndex(entry => entry.Record.Kind == EventKind.StatusPresented);
        var touches = bench.Sink.Events.Select((entry, at) => (entry.Record.Kind, at)).Where(entry => entry.Kind is EventKind.DmaRead or EventKind.DmaWrite);
        Assert.NotEmpty(touches);
        Assert.All(touches, touch => Assert.True(touch.at < presented));
        ring.Kick();
        bench.Settle();
        Assert.Equal(presented, bench.Sink.Events.FindIndex(entry => entry.Record.Kind == EventKind.StatusPresented));
        Assert.DoesNotContain(bench.Sink.Events.Skip(presented + 1), entry => entry.Record.Kind is EventKind.DmaRead or EventKind.DmaWrite or EventKind.Interrupt);
    }

    [Theory]
    [InlineData(false, false, OrderingDomain.Smp, OrderingDomain.Smp)]
    [InlineData(true, false, OrderingDomain.Dma, OrderingDomain.Mmio)]
    [InlineData(true, true, OrderingDomain.Smp, OrderingDomain.Smp)]
    public void Barriers_stand_at_their_places_and_reach_as_far_as_was_negotiated(
        bool orderPlatform, bool swiotlb, OrderingDomain plainDomain, OrderingDomain fullDomain)
    {
        var features = FeatureSet.Of(FeatureBit.Version1, FeatureBit.EventIndex);
        if (orderPlatform) features = features.With(FeatureBit.OrderPlatform);
        if (swiotlb) features = features.With(FeatureBit.Swiotlb);
        var ring = rig.BringUp(features);
        rig.Sink.Events.Clear();
        Request(ring, 0);
        string?[] places =
        [
            "S7 after available_index", "S8 before used_index", "S9 after used_index", "S10 after available_event",
        ];
        Assert.Equal(places, rig.Sink.Events.Where(entry => entry.Record.Kind == EventKind.Barrier).Select(entry => entry.Note));
        Assert.Equal(
            [(Ordering.Load, plainDomain), (Ordering.Release, plainDomain), (Ordering.Full, fullDomain), (Ordering.Full, fullDomain)],
            rig.Sink.Of(EventKind.Barrier).Select(barrier => (barrier.Ordering!.Value, barrier.OrderingDomain!.Value)));
        var interrupt = rig.Sink.Of(EventKind.Interrupt).Single();
        Assert.Equal((Ordering.Release, OrderingDomain.Mmio), (interrupt.Ordering!.Value, interrupt.OrderingDomain!.Value));
    }

    [Fact]
    public void Payload_outside_the_region_ends_the_exemption_for_its_batch()
    {
        var ring = rig.BringUp(FeatureSet.Of(FeatureBit.Version1, FeatureBit.Swiotlb, FeatureBit.OrderPlatform));
        rig.Sink.Events.Clear();
        ring.DescribeRequest(0, 0, 0, DeviceRig.SystemBase, 512, deviceWrites: true);
        ring.Publish(0);
        ring.Kick();
        rig.Settle();
        Assert.Equal(
            [(Ordering.Load, OrderingDomain.Smp), (Ordering.Load, OrderingDomain.Dma), (Ordering.Release, OrderingDomain.Dma)],
            rig.Sink.Of(EventKind.Barrier).Take(3).Select(barrier => (barrier.Ordering!.Value, barrier.OrderingDomain!.Value)));
    }

    [Fact]
    public void Queues_are_served_by_their_own_threads()
    {
        var bench = new DeviceRig(new DeviceOptions { Queues = 2 });
        bench.Negotiate(plain);
        bench.EnableMsix();
        var rings = new[] { bench.AddRing(0, 16, DeviceRig.RegionBase, 1), bench.AddRing(1, 8, DeviceRig.RegionBase + 0x10_0000, 2) };
        bench.DriverOk();
        foreach (var ring in rings)
        {
            ring.DescribeRequest(0, 0, 0, ring.Buffers, 512, deviceWrites: true);
            ring.Publish(0);
            ring.Kick();
        }

        bench.Settle();
        Assert.All(rings, ring => Assert.Equal(1, ring.UsedIndex));
        foreach (var read in bench.Sink.Of(EventKind.DmaRead)) Assert.Equal(read.Queue + 1, read.Thread);
        Assert.Equal([0x41u, 0x42u], bench.Sink.Of(EventKind.Interrupt).Select(interrupt => (uint)interrupt.Value!.Value).Order());
    }

    private static byte[] Pattern(int length) => [.. Enumerable.Range(0, length).Select(i => unchecked((byte)(i * 7 + 1)))];

    private int Interrupts() => rig.Sink.Of(EventKind.Interrupt).Count();

    private void Request(BareRing ring, ushort slot)
    {
        ring.DescribeRequest(slot, 0, 0, ring.Buffers, 512, deviceWrites: true);
        ring.Publish(slot);
        ring.Kick();
        rig.Settle();
    }

    private (int Status, uint Length) Serve(BareRing ring, ushort head, ulong status)
    {
        var slot = ring.UsedIndex % ring.Layout.Size.Value;
        ring.Publish(head);
        ring.Kick();
        rig.Settle();
        var (id, length) = ring.UsedAt(slot);
        Assert.Equal(head, id);
        return (rig.Read(status, 1)[0], length);
    }

    private sealed class BrokenMedium : IBlockBackend
    {
        public ulong Length => 1 << 20;

        public bool TryRead(ulong offset, Span<byte> destination) => false;

        public bool TryWrite(ulong offset, ReadOnlySpan<byte> source) => false;

        public bool TryFlush() => false;
    }
}
