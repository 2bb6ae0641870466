using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Virtqueue;
using Xunit;

namespace Tracing.Tests.Virtio;

/// <summary>What the conduct asks for is what happens, and the pair comes to an end whatever that is.</summary>
public sealed class DriverConductTests
{
    private static readonly Window region = new(DriverPair.RegionStart, 4 << 20);

    [Theory]
    [InlineData(Part.DescriptorArea)]
    [InlineData(Part.DriverArea)]
    [InlineData(Part.DeviceArea)]
    public void A_queue_area_can_lie_in_system_memory(Part area)
    {
        var pair = Run(new Misplaced(area));
        var map = pair.Sink.Of(EventKind.Map).First(record => record.Part == area);
        Assert.False(region.Contains(map.Address!.Value, map.Length!.Value));
        Assert.Null(pair.Driver.Result.Reason);
    }

    [Theory]
    [InlineData(Part.IndirectTable)]
    [InlineData(Part.Payload)]
    public void A_table_or_a_buffer_can_lie_in_system_memory(Part part)
    {
        var pair = Run(new Misplaced(part));
        Assert.Contains(
            pair.Sink.Of(EventKind.Store),
            record => record.Part is Part.Descriptor or Part.IndirectDescriptor
                && !region.Contains(record.Target!.Value, record.Size!.Value));
        Assert.Equal(0ul, pair.Driver.Result.VerificationErrors);
    }

    [Theory]
    [InlineData(BarrierSite.S1)]
    [InlineData(BarrierSite.S2)]
    [InlineData(BarrierSite.S3)]
    [InlineData(BarrierSite.S4)]
    [InlineData(BarrierSite.S5)]
    public void A_barrier_can_be_missing_at_one_site_only(BarrierSite missing)
    {
        var notes = Run(new Unfenced(missing)).Sink.Events
            .Where(entry => entry.Record.Kind == EventKind.Barrier).Select(entry => entry.Note).ToHashSet();
        BarrierSite[] sites = [BarrierSite.S1, BarrierSite.S2, BarrierSite.S3, BarrierSite.S4, BarrierSite.S5];
        foreach (var site in sites) Assert.Equal(site != missing, notes.Contains(BarrierKind.NoteOf(site)));
    }

    [Fact]
    public void A_doorbell_can_be_plain() => Assert.All(
        Run(new Unfenced(BarrierSite.S6)).Sink.Of(EventKind.Doorbell), record => Assert.Null(record.Ordering));

    [Fact]
    public void Barriers_reach_as_far_as_the_negotiated_features_and_the_place_demand()
    {
        // In the region SMP is enough, though ORDER_PLATFORM was negotiated; in system memory it is not.
        Assert.Equal([OrderingDomain.Smp], Domains(MemoryPolicy.Region));
        Assert.Equal([OrderingDomain.Dma, OrderingDomain.Mmio], Domains(MemoryPolicy.System));
        var window = new Window(DriverPair.RamStart + DriverPair.DriverBytes, 4 << 20);
        Assert.Equal([OrderingDomain.Dma, OrderingDomain.Mmio], Domains(MemoryPolicy.Declared(window)));
        Assert.Contains(OrderingDomain.Smp, Domains(MemoryPolicy.Mixed(50, Part.DescriptorArea, Part.DriverArea, Part.DeviceArea)));
        Assert.Contains(OrderingDomain.Dma, Domains(MemoryPolicy.Mixed(50, Part.DescriptorArea, Part.DriverArea, Part.DeviceArea)));
    }

    [Fact]
    public void Without_ORDER_PLATFORM_every_barrier_is_an_SMP_barrier()
    {
        var wanted = DriverEpoch.DefaultFeatures.Without(FeatureBit.OrderPlatform).Without(FeatureBit.Swiotlb);
        var pair = new DriverPair(1, new(), [Epoch() with { Wanted = wanted, Memory = MemoryPolicy.System }]);
        pair.Run();
        Assert.All(pair.Sink.Of(EventKind.Barrier), record => Assert.Equal(OrderingDomain.Smp, record.OrderingDomain));
    }

    [Fact]
    public void Steps_can_be_left_out_and_things_done_between_them()
    {
        var pair = Run(new Hasty());
        var written = pair.Sink.WrittenTo(RegisterName.DeviceStatus);
        Assert.Equal([0ul, 1, 3, 0xb, 0xf], written[..5]);
        var doorbell = pair.Sink.FirstAt(record => record.Kind == EventKind.Doorbell);
        var ready = pair.Sink.FirstAt(record => record.Kind == EventKind.RegisterWrite
            && record is { RegisterName: RegisterName.DeviceStatus, Value: 0xf });
        Assert.True(doorbell < ready);
        // FEATURES_OK is never read back.
        Assert.DoesNotContain(
            pair.Sink.Of(EventKind.RegisterRead),
            record => record is { RegisterName: RegisterName.DeviceStatus, Value: 0xb });
    }

    [Fact]
    public void Memory_can_be_given_up_before_the_reset()
    {
        var pair = Run(new Rash());
        var reset = pair.Sink.LastAt(record => record.Kind == EventKind.RegisterWrite
            && record is { RegisterName: RegisterName.DeviceStatus, Value: 0 });
        Assert.InRange(pair.Sink.LastAt(record => record.Kind == EventKind.Unmap), 0, reset);
        Assert.Equal(pair.Sink.Of(EventKind.Map).Count(), pair.Sink.Of(EventKind.Unmap).Count());
    }

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    public void Buffers_can_be_touched_while_the_device_has_them(bool copiesIn, bool copiesOut, bool unmaps)
    {
        var pair = Run(new Meddling(copiesIn, copiesOut, unmaps));
        Assert.True(pair.Driver.Result.Finished);
        Assert.Equal(pair.Sink.Of(EventKind.Map).Count(), pair.Sink.Of(EventKind.Unmap).Count());
    }

    [Fact]
    public void Any_descriptor_can_be_stored_and_the_pair_still_ends()
    {
        for (var seed = 0; seed < 20 * TestScale.Seeds; seed++)
        {
            var pair = new DriverPair(seed, new(), [Epoch()], new Scrambler(new Random(seed)), patience: 20_000);
            pair.Run();
            Assert.True(pair.Driver.Result.Finished);
        }
    }

    private static HashSet<OrderingDomain> Domains(MemoryPolicy policy)
    {
        var wanted = policy == MemoryPolicy.Region
            ? DriverEpoch.DefaultFeatures
            : DriverEpoch.DefaultFeatures.Without(FeatureBit.Swiotlb);
        var pair = new DriverPair(1, new(), [Epoch() with { Wanted = wanted, Memory = policy }]);
        pair.Run();
        Assert.Null(pair.Driver.Result.Reason);
        return [.. pair.Sink.Of(EventKind.Barrier).Select(record => record.OrderingDomain!.Value)];
    }

    private static DriverPair Run(DriverConduct conduct)
    {
        var pair = new DriverPair(3, new(), [Epoch()], conduct, patience: 20_000);
        pair.Run();
        return pair;
    }

    private static DriverEpoch Epoch() => new() { Work = new WriteAndVerifyPlan(60), Depth = 8 };

    private sealed class Misplaced(Part part) : DriverConduct
    {
        public override Place PlaceOf(in MemoryUse use, Place proper) => use.Part == part ? Place.System : proper;
    }

    private sealed class Unfenced(BarrierSite missing) : DriverConduct
    {
        public override BarrierKind? BarrierAt(BarrierSite site, ushort queue, BarrierKind proper)
            => site == missing ? null : proper;
    }

    private sealed class Hasty : DriverConduct
    {
        public override IReadOnlyList<InitStep> InitOrder(IReadOnlyList<InitStep> proper)
            => [.. proper.Where(step => step != InitStep.ConfirmFeatures)];

        public override void After(InitStep step, IDriverHands hands)
        {
            if (step == InitStep.EnableQueues) hands.RingDoorbell(0);
        }
    }

    private sealed class Rash : DriverConduct
    {
        public override ulong? AbandonAfter(ulong? planned) => 20;

        public override IReadOnlyList<StopStep> StopOrder(IReadOnlyList<StopStep> proper)
            => [StopStep.ReleaseBuffers, StopStep.ReleaseRings, StopStep.Reset, StopStep.AwaitReset];
    }

    private sealed class Meddling(bool copiesIn, bool copiesOut, bool unmaps) : DriverConduct
    {
        public override bool CopiesInBeforePublishing(ushort queue, ulong request) => copiesIn || request != 5;

        public override bool CopiesOutAfterUsed(ushort queue, ulong request) => copiesOut || request != 70;

        public override bool UnmapsAfterUsed(ushort queue, ulong request) => unmaps || request != 5;
    }

    private sealed class Scrambler(Random random) : DriverConduct
    {
        public override Descriptor Stored(in DescriptorPlace place, Descriptor proper) => random.Next(40) switch
        {
            0 => proper with { Address = (ulong)random.NextInt64() * (ulong)random.Next(1, 3) },
            1 => proper with { Length = (uint)random.NextInt64(1L << 32) },
            2 => proper with { Flags = (DescriptorFlags)random.Next(8) },
            3 => proper with { Next = (ushort)random.Next(65536) },
            _ => proper,
        };
    }
}
