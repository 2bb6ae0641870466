using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Block;
using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;
using Xunit;

namespace Tracing.Tests.Virtio;

/// <summary>A driver may write anything anywhere: the device says what it met and waits for a reset.</summary>
public sealed class HostileDriverTests
{
    private static readonly FeatureSet features = FeatureSet.Of(
        FeatureBit.Version1, FeatureBit.Swiotlb, FeatureBit.IndirectDescriptors, FeatureBit.EventIndex);

    private readonly DeviceRig rig = new();

    [Theory]
    [InlineData("loops", "loops or is longer")]
    [InlineData("next", "has next 16; below 16")]
    [InlineData("order", "readable behind a writable")]
    [InlineData("hole", "no memory")]
    [InlineData("straddle", "no memory")]
    [InlineData("wrap", "past 2^64")]
    [InlineData("huge", "more than 2^32")]
    [InlineData("nested", "INDIRECT again")]
    [InlineData("both", "both INDIRECT and NEXT")]
    [InlineData("ragged", "multiple of 16")]
    [InlineData("empty", "multiple of 16")]
    [InlineData("far table", "no memory")]
    [InlineData("wrapping table", "past 2^64")]
    [InlineData("table next", "has next 2; below 2")]
    [InlineData("short", "its header alone")]
    [InlineData("no status", "without a writable byte")]
    public void A_chain_that_cannot_be_served_is_named_and_needs_a_reset(string kind, string expected)
    {
        var ring = rig.BringUp(features);
        Build(ring, kind);
        ring.Publish(0);
        ring.Kick();
        rig.Settle(limit: 1000);
        RequireReset(expected);
        Assert.Equal(0, ring.UsedIndex);
    }

    [Fact]
    public void An_indirect_descriptor_needs_the_feature()
    {
        var ring = rig.BringUp(features.Without(FeatureBit.IndirectDescriptors));
        ring.Describe(0, ring.Buffers, 32, DescriptorFlags.Indirect);
        ring.Publish(0);
        ring.Kick();
        rig.Settle();
        RequireReset("not negotiated");
    }

    [Theory]
    [InlineData(17)]
    [InlineData(0xffff)]
    [InlineData(0x8000)]
    public void An_available_index_that_jumps_is_not_followed(ushort index)
    {
        var ring = rig.BringUp(features);
        ring.Store(ring.Layout.AvailableIndex, index);
        ring.Kick();
        rig.Settle();
        RequireReset($"{index} new entries in a queue of 16");
    }

    [Fact]
    public void A_head_beyond_the_table_is_not_fetched()
    {
        var ring = rig.BringUp(features);
        ring.Publish(16);
        ring.Kick();
        rig.Settle();
        RequireReset("is 16; a descriptor below 16");
        Assert.DoesNotContain(rig.Sink.Of(EventKind.DmaRead), read => read.Part == Part.Descriptor);
    }

    [Fact]
    public void A_region_that_is_moved_away_under_a_live_queue_is_an_error_and_no_crash()
    {
        var ring = rig.BringUp(features);
        ring.DescribeRequest(0, 0, 0, ring.Buffers, 512, deviceWrites: true);
        ring.Publish(0);
        ring.Kick();
        for (var i = 0; i < 4; i++) rig.Step();
        rig.Device.WriteConfig(PciConfig.Bar0 + 12, 4, 0x77);
        rig.Settle();
        RequireReset("no memory is");
    }

    [Fact]
    public void A_device_that_failed_serves_again_after_a_reset()
    {
        var ring = rig.BringUp(features);
        ring.Publish(99);
        ring.Kick();
        rig.Settle();
        RequireReset("99");
        rig.SetStatus(DeviceStatus.None);
        rig.Settle();
        Assert.Equal(DeviceStatus.None, rig.Status);
        rig.Write(DeviceRig.RegionBase, new byte[4096]);
        ring = rig.BringUp(features);
        ring.DescribeRequest(0, 0, 0, ring.Buffers, 512, deviceWrites: true);
        ring.Publish(0);
        ring.Kick();
        rig.Settle();
        Assert.Equal(1, ring.UsedIndex);
    }

    [Fact]
    public void Random_tables_end_in_service_or_in_NEEDS_RESET()
    {
        var (served, refused) = (0, 0);
        var ring = rig.BringUp(features);
        for (var round = 0; round < 2000 * TestScale.Seeds; round++)
        {
            var random = new Random(round);
            rig.Sink.Events.Clear();
            Scramble(ring, random);
            var used = ring.UsedIndex;
            ring.Publish([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => (ushort)random.Next(random.Next(8) == 0 ? 40 : 16))]);
            ring.Kick();
            rig.Settle(limit: 5000);
            var needsReset = (rig.Status & DeviceStatus.NeedsReset) != 0;
            Assert.Equal(needsReset, rig.Sink.Of(EventKind.DeviceError).Any());
            RequireTouchesToBeDescribed(ring);
            if (ring.UsedIndex != used) served++;
            if (!needsReset) continue;
            refused++;
            rig.SetStatus(DeviceStatus.None);
            rig.Settle();
            rig.Write(DeviceRig.RegionBase, new byte[0x1000]);
            ring = rig.BringUp(features);
        }

        Assert.True(served > 100, $"only {served} rounds were served");
        Assert.True(refused > 100, $"only {refused} rounds were refused");
    }

    [Fact]
    public void Random_ring_memory_does_no_harm()
    {
        for (var seed = 0; seed < 100 * TestScale.Seeds; seed++)
        {
            var ring = rig.BringUp(features);
            var random = new Random(seed);
            var noise = new byte[ring.Buffers - DeviceRig.RegionBase];
            random.NextBytes(noise);
            for (var step = 0; step < 50; step++)
            {
                rig.Write(DeviceRig.RegionBase + (ulong)random.Next(noise.Length - 8), noise.AsSpan(random.Next(noise.Length - 8), random.Next(8)));
                ring.Store(ring.Layout.AvailableIndex, (ushort)(ring.UsedIndex + random.Next(3) & 0xffff));
                ring.Kick();
                rig.Settle(limit: 5000);
            }

            rig.SetStatus(DeviceStatus.None);
            rig.Settle();
            rig.Write(DeviceRig.RegionBase, new byte[0x1000]);
            rig.Sink.Events.Clear();
        }

        Assert.Equal(DeviceStatus.None, rig.Status);
    }

    private void RequireReset(string expected)
    {
        Assert.Contains(expected, rig.Sink.LastNoteOf(EventKind.DeviceError), StringComparison.Ordinal);
        Assert.NotEqual(DeviceStatus.None, rig.Status & DeviceStatus.NeedsReset);
        Assert.Equal(0x40UL, rig.Sink.Of(EventKind.StatusPresented).Last().Value!.Value & 0x40);
        // The driver is up: it is told by a configuration change interrupt.
        Assert.Equal((ushort)0, rig.Sink.Of(EventKind.Interrupt).Last().Slot);
        Assert.Equal(EventRecord.None, rig.Sink.Of(EventKind.Interrupt).Last().Queue);
    }

    /// <summary>A right device touches only ring parts and what descriptors name that it fetched.</summary>
    private void RequireTouchesToBeDescribed(BareRing ring)
    {
        var described = new List<(ulong Start, ulong Length, bool IsWritable)>();
        foreach (var (record, _) in rig.Sink.Events)
        {
            if (record.Part is Part.Descriptor or Part.IndirectDescriptor)
                described.Add((record.Target!.Value, record.Size!.Value, (record.Flags & 2) != 0));
            if (record.Part != Part.Payload) continue;
            var (start, end) = (record.Address!.Value, record.Address.Value + record.Length!.Value);
            var writes = record.Kind == EventKind.DmaWrite;
            Assert.Contains(described, range => range.IsWritable == writes && start >= range.Start && end - range.Start <= range.Length);
        }

        Assert.Equal(16, ring.Layout.Size.Value);
    }

    private void Scramble(BareRing ring, Random random)
    {
        var table = ring.Buffers + 0x8000;
        for (var slot = 0; slot < 24; slot++)
        {
            var place = slot < 16 ? ring.Layout.DescriptorAt(slot) : table + (ulong)(16 * (slot - 16));
            var flags = (DescriptorFlags)(random.Next(6) == 0 ? random.Next(1 << 16) : random.Next(4));
            var address = random.Next(10) switch
            {
                0 => (ulong)random.NextInt64(),
                1 => ulong.MaxValue - (ulong)random.Next(64),
                2 => DeviceRig.RegionBase + rig.Options.SwiotlbBytes - (ulong)random.Next(32),
                3 => table,
                _ => ring.Buffers + (ulong)random.Next(0x1000),
            };
            var length = random.Next(8) switch { 0 => (uint)random.NextInt64(1L << 32), 1 => 0u, 2 => 16u * (uint)random.Next(8), 3 => 512u, _ => (uint)random.Next(64) };
            ring.DescribeAt(place, address, length, flags, (ushort)random.Next(random.Next(10) == 0 ? 1 << 16 : 17));
        }

        rig.WriteHeader(ring.Buffers, (uint)random.Next(10), (ulong)random.Next(300));
        if (random.Next(2) == 0) ring.DescribeRequest((ushort)random.Next(12), (uint)random.Next(2), (ulong)random.Next(256), ring.Buffers, 512, random.Next(2) == 0);
    }

    private void Build(BareRing ring, string kind)
    {
        var (at, table) = (ring.Buffers, ring.Buffers + 0x1000);
        rig.WriteHeader(at, (uint)BlkRequestType.In, 0);
        ring.Describe(0, at, 16, DescriptorFlags.Next, 1);
        ring.Describe(1, at + 64, 512, DescriptorFlags.Next | DescriptorFlags.Write, 2);
        ring.Describe(2, at + 1024, 1, DescriptorFlags.Write);
        switch (kind)
        {
            case "loops": ring.Describe(2, at + 1024, 1, DescriptorFlags.Write | DescriptorFlags.Next, 1); break;
            case "next": ring.Describe(0, at, 16, DescriptorFlags.Next, 16); break;
            case "order": ring.Describe(2, at + 1024, 1); break;
            case "hole": ring.Describe(1, 0x9999_0000, 512, DescriptorFlags.Next | DescriptorFlags.Write, 2); break;
            case "straddle":
                ring.Describe(1, DeviceRig.RegionBase + rig.Options.SwiotlbBytes - 511, 512, DescriptorFlags.Next | DescriptorFlags.Write, 2);
                break;
            case "wrap": ring.Describe(1, ulong.MaxValue - 100, 512, DescriptorFlags.Next | DescriptorFlags.Write, 2); break;
            case "huge":
                ring.Describe(1, at, uint.MaxValue, DescriptorFlags.Next | DescriptorFlags.Write, 2);
                ring.Describe(2, at, uint.MaxValue, DescriptorFlags.Write);
                break;
            case "nested":
                ring.Describe(0, table, 16, DescriptorFlags.Indirect);
                ring.DescribeAt(table, table, 16, DescriptorFlags.Indirect);
                break;
            case "both": ring.Describe(0, table, 16, DescriptorFlags.Indirect | DescriptorFlags.Next, 1); break;
            case "ragged": ring.Describe(0, table, 24, DescriptorFlags.Indirect); break;
            case "empty": ring.Describe(0, table, 0, DescriptorFlags.Indirect); break;
            case "far table": ring.Describe(0, 0x9999_0000, 32, DescriptorFlags.Indirect); break;
            case "wrapping table": ring.Describe(0, ulong.MaxValue - 15, 32, DescriptorFlags.Indirect); break;
            case "table next":
                ring.Describe(0, table, 32, DescriptorFlags.Indirect);
                ring.DescribeAt(table, at, 16, DescriptorFlags.Next, 2);
                break;
            case "short": ring.Describe(0, at, 15, DescriptorFlags.Next, 1); break;
            case "no status": ring.Describe(0, at, 16); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such chain.");
        }
    }
}
