using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Pci;
using Xunit;

namespace Tracing.Tests.Virtio;

/// <summary>Each decision that a fault can take over shows in the events, and only there where it was taken.</summary>
public sealed class DeviceConductTests
{
    private static readonly FeatureSet features = FeatureSet.Of(FeatureBit.Version1, FeatureBit.Swiotlb);

    [Theory]
    [InlineData(DeviceMoment.BeforeAvailableIndex)]
    [InlineData(DeviceMoment.ChainFetched)]
    [InlineData(DeviceMoment.BeforeUsedEntry)]
    [InlineData(DeviceMoment.AfterUsedIndex)]
    [InlineData(DeviceMoment.Idle)]
    [InlineData(DeviceMoment.ResetPresented)]
    public void A_stray_access_happens_at_its_moment_and_changes_no_byte(DeviceMoment moment)
    {
        var conduct = new Straying(moment, new StrayAct(StrayKind.Write, DeviceRig.SystemBase + 16, 64));
        var rig = new DeviceRig(conduct: conduct);
        rig.Write(DeviceRig.SystemBase + 16, [1, 2, 3]);
        ServeAndReset(rig);
        var stray = rig.Sink.Of(EventKind.DmaWrite).Single(write => write.Address == DeviceRig.SystemBase + 16);
        Assert.Equal(64UL, stray.Length);
        Assert.Equal([1, 2, 3, 0], rig.Read(DeviceRig.SystemBase + 16, 4));
        Assert.Empty(rig.Sink.Of(EventKind.DeviceError));
    }

    [Fact]
    public void An_interrupt_after_the_reset_names_its_vector()
    {
        var conduct = new Straying(DeviceMoment.ResetPresented, new StrayAct(StrayKind.Interrupt));
        var rig = new DeviceRig(conduct: conduct);
        ServeAndReset(rig);
        var events = rig.Sink.Events;
        var presented = events.FindLastIndex(entry => entry.Record.Kind == EventKind.StatusPresented);
        var stray = Assert.Single(events.Skip(presented), entry => entry.Record.Kind == EventKind.Interrupt).Record;
        Assert.Equal((ushort)1, stray.Slot);
        Assert.Null(stray.Ordering);
    }

    [Fact]
    public void A_stray_access_to_nothing_is_recorded_and_harms_nobody()
    {
        var conduct = new Straying(DeviceMoment.Idle, new StrayAct(StrayKind.Read, ulong.MaxValue - 3, uint.MaxValue));
        var rig = new DeviceRig(conduct: conduct);
        ServeAndReset(rig);
        Assert.Contains(rig.Sink.Of(EventKind.DmaRead), read => read.Address == ulong.MaxValue - 3);
    }

    [Fact]
    public void A_barrier_can_be_missing_or_weaker_at_any_place()
    {
        foreach (var site in new[] { BarrierSite.S7, BarrierSite.S8, BarrierSite.S9, BarrierSite.S10 })
        {
            var rig = new DeviceRig(conduct: new Barrierless(site));
            ServeAndReset(rig);
            var notes = rig.Sink.Events.Where(entry => entry.Record.Kind == EventKind.Barrier).Select(entry => entry.Note!).ToArray();
            Assert.DoesNotContain(notes, note => note.StartsWith($"{site} ", StringComparison.Ordinal));
            Assert.Equal(3, notes.Distinct().Count());
        }

        var silent = new DeviceRig(conduct: new Barrierless(BarrierSite.S11));
        ServeAndReset(silent);
        Assert.Null(silent.Sink.Of(EventKind.Interrupt).Single().Ordering);
    }

    [Fact]
    public void The_used_length_can_come_after_the_index_and_the_interrupt_before_it()
    {
        var rig = new DeviceRig(conduct: new Disorderly());
        ServeAndReset(rig);
        var order = rig.Sink.Events.Select(entry => entry.Record)
            .Where(record => record.Kind == EventKind.Interrupt || record.Part is Part.UsedEntry or Part.UsedIndex)
            .Select(record => record.Part?.ToString() ?? "interrupt");
        Assert.Equal(["UsedEntry", "interrupt", "UsedIndex", "UsedEntry"], order);
        var halves = rig.Sink.Of(EventKind.DmaWrite).Where(write => write.Part == Part.UsedEntry).ToList();
        Assert.Equal([(7UL, (uint?)null), (null, 100_000u)], halves.Select(half => (half.Value, half.Size)));
        Assert.Equal(halves[0].Address + 4, halves[1].Address);
    }

    [Fact]
    public void Registers_can_lie_and_capabilities_can_be_wrong()
    {
        var rig = new DeviceRig(new DeviceOptions { SwiotlbBytes = 0 }, new Lying());
        Assert.True(rig.Device.Offered.Has(FeatureBit.Swiotlb));
        Assert.Equal(2, rig.Device.Capabilities.Count(capability => capability.Type == CapabilityType.Swiotlb));
        rig.Common(CommonConfig.QueueSelect, 2, 9);
        Assert.Equal(64UL, rig.Common(CommonConfig.QueueSize, 2));
        rig.Negotiate(default);
        Assert.NotEqual(DeviceStatus.None, rig.Status & DeviceStatus.FeaturesOk);
    }

    [Fact]
    public void An_impatient_device_consumes_before_DRIVER_OK()
    {
        var rig = new DeviceRig(conduct: new Impatient());
        rig.Negotiate(features);
        var ring = rig.AddRing(0, 16, DeviceRig.RegionBase);
        ring.DescribeRequest(0, 0, 0, ring.Buffers, 512, deviceWrites: true);
        ring.Publish(0);
        ring.Kick();
        rig.Settle();
        Assert.Equal(1, ring.UsedIndex);
        Assert.Equal(DeviceStatus.None, rig.Status & DeviceStatus.DriverOk);
    }

    private static void ServeAndReset(DeviceRig rig)
    {
        var ring = rig.BringUp(features);
        ring.DescribeRequest(0, 0, 0, ring.Buffers, 512, deviceWrites: true);
        ring.Publish(0);
        ring.Kick();
        rig.Settle();
        Assert.Equal(1, ring.UsedIndex);
        rig.SetStatus(DeviceStatus.None);
        rig.Settle();
        Assert.Equal(DeviceStatus.None, rig.Status);
    }

    private sealed class Straying(DeviceMoment when, StrayAct what) : DeviceConduct
    {
        private bool isDone;

        public override bool Strays(DeviceMoment moment, DeviceSituation situation, out StrayAct act)
        {
            act = what;
            // The first reset, before anything was served, is not the one to stray after.
            if (isDone || moment != when || (when == DeviceMoment.ResetPresented && situation.Request == 0)) return false;
            isDone = true;
            return true;
        }
    }

    private sealed class Barrierless(BarrierSite where) : DeviceConduct
    {
        public override BarrierKind? BarrierAt(BarrierSite site, BarrierKind proper, ushort queue)
            => site == where ? null : proper;
    }

    private sealed class Disorderly : DeviceConduct
    {
        public override bool WritesUsedLengthFirst(DeviceSituation situation) => false;

        public override bool InterruptsFirst(DeviceSituation situation) => true;

        public override uint UsedId(DeviceSituation situation, uint proper) => 7;

        public override uint UsedLength(DeviceSituation situation, uint proper) => 100_000;
    }

    private sealed class Lying : DeviceConduct
    {
        public override FeatureSet OfferedFeatures(FeatureSet proper) => proper.With(FeatureBit.Swiotlb);

        public override bool AcceptsFeatures(FeatureSet accepted, bool proper) => true;

        public override ushort QueueSizeShown(ushort queue, ushort proper) => 64;

        public override void ArrangeCapabilities(IList<VirtioCapability> capabilities)
        {
            capabilities.Add(new(CapabilityType.Swiotlb, 5, 0x1000, uint.MaxValue));
            capabilities.Add(new(CapabilityType.Swiotlb, 2, 0, 0));
        }
    }

    private sealed class Impatient : DeviceConduct
    {
        public override bool MayConsume(DeviceStatus status, bool proper) => true;
    }
}
