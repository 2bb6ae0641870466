using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Pci;
using Xunit;

namespace Tracing.Tests.Virtio;

public sealed class DriverInitialisationTests
{
    [Fact]
    public void The_status_goes_through_the_steps_of_the_book()
    {
        var bench = new DriverBench(DriverBench.Epoch());
        var result = bench.Run(function => function.Serve());
        Assert.Null(result.Reason);
        Assert.Equal([0, 1, 3, 0xb, 0xf, 0], bench.Sink.WrittenTo(RegisterName.DeviceStatus));
    }

    [Fact]
    public void Queues_are_sized_addressed_and_zeroed_before_they_are_enabled()
    {
        var bench = new DriverBench(DriverBench.Epoch());
        bench.Run(function => function.Serve());
        var enable = bench.Sink.FirstAt(record => Writes(record, RegisterName.QueueEnable));
        RegisterName[] before =
        [
            RegisterName.QueueSize, RegisterName.QueueDescLow, RegisterName.QueueDescHigh, RegisterName.QueueDriverLow,
            RegisterName.QueueDriverHigh, RegisterName.QueueDeviceLow, RegisterName.QueueDeviceHigh,
        ];
        foreach (var name in before)
            Assert.InRange(bench.Sink.FirstAt(record => Writes(record, name)), 0, enable - 1);
        foreach (var area in new[] { Part.DescriptorArea, Part.DriverArea, Part.DeviceArea })
            Assert.InRange(bench.Sink.FirstAt(record => record.Kind == EventKind.Store && record.Part == area), 0, enable - 1);
        var ready = bench.Sink.FirstAt(record => Writes(record, RegisterName.DeviceStatus) && (record.Value & 4) != 0);
        Assert.True(enable < ready);
    }

    [Fact]
    public void The_driver_waits_until_the_device_presents_0()
    {
        var reads = 0;
        var bench = new DriverBench(DriverBench.Epoch());
        bench.Function.Status = written => written == 0 && ++reads < 5 ? (byte)0x0f : written;
        bench.Run(function => function.Serve());
        var zero = bench.Sink.FirstAt(record => record is { Kind: EventKind.RegisterRead, RegisterName: RegisterName.DeviceStatus, Value: 0 });
        var acknowledge = bench.Sink.FirstAt(record => Writes(record, RegisterName.DeviceStatus) && record.Value == 1);
        Assert.True(zero < acknowledge);
        Assert.True(reads >= 5);
    }

    [Fact]
    public void A_device_that_never_completes_its_reset_is_given_up()
    {
        var bench = new DriverBench(DriverBench.Epoch());
        bench.Function.Status = _ => 0x0f;
        Assert.Equal("the device does not complete its reset", bench.Run().Reason);
        Assert.False(bench.Function.AnyQueueTouched);
    }

    [Fact]
    public void Refused_features_end_in_FAILED_and_nothing_is_touched()
    {
        var bench = new DriverBench(DriverBench.Epoch());
        bench.Function.Status = written => (byte)(written & ~8);
        var result = bench.Run(function => function.Serve());
        Assert.True(result.Refused);
        Assert.Contains("refuses", result.Reason, StringComparison.Ordinal);
        Assert.Equal([0, 1, 3, 0xb, 0x8b], bench.Sink.WrittenTo(RegisterName.DeviceStatus));
        Assert.False(bench.Function.AnyQueueTouched);
        Assert.Empty(bench.Sink.Of(EventKind.Map, EventKind.Store, EventKind.BounceCopy, EventKind.Doorbell));
    }

    [Fact]
    public void A_missing_feature_that_the_driver_needs_ends_in_FAILED_before_anything_is_accepted()
    {
        var bench = new DriverBench(DriverBench.Epoch());
        bench.Function.Offered = FeatureSet.Of(FeatureBit.IndirectDescriptors);
        var result = bench.Run();
        Assert.False(result.Refused);
        Assert.Contains("32", result.Reason, StringComparison.Ordinal);
        Assert.Equal([0, 1, 3, 0x83], bench.Sink.WrittenTo(RegisterName.DeviceStatus));
        Assert.Empty(bench.Sink.WrittenTo(RegisterName.DriverFeature));
    }

    [Fact]
    public void Only_what_is_offered_and_wanted_is_accepted()
    {
        var wanted = DriverEpoch.DefaultFeatures;
        Assert.Equal(FeatureSet.Of(32), Negotiation.Accept(FeatureSet.Of(5, 32), wanted, hasRegion: true));
        Assert.True(Negotiation.Accept(FeatureSet.Of(27, 32), wanted, hasRegion: true).Has(27));
        Assert.False(Negotiation.Accept(FeatureSet.Of(27, 32), wanted, hasRegion: false).Has(27));
        Assert.False(Negotiation.Accept(FeatureSet.Of(27), wanted, hasRegion: true).Has(27));
        Assert.Equal(FeatureSet.Of(27, 28), Negotiation.AcceptLegacy(FeatureSet.Of(24, 27, 28, 32), wanted));
    }

    [Theory]
    [InlineData(0x90, 0x40)] // The last points back to the first.
    [InlineData(0x90, 0x90)] // The last points to itself.
    [InlineData(0x90, 0xfd)] // The last points to the end of the space.
    public void A_capability_list_without_an_end_is_walked_once(int place, byte next)
    {
        var bench = new DriverBench(DriverBench.Epoch());
        bench.Function.ConfigSpace[place + CapabilityLayout.Next] = next;
        Assert.Null(bench.Run(function => function.Serve()).Reason);
    }

    [Fact]
    public void A_function_without_virtio_structures_is_given_up()
    {
        var bench = new DriverBench(DriverBench.Epoch());
        bench.Function.ConfigSpace[PciConfig.CapabilitiesPointer] = 0;
        Assert.Contains("no common", bench.Run().Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(12u)]
    public void A_queue_that_cannot_hold_a_request_is_refused(uint size)
    {
        var bench = new DriverBench(DriverBench.Epoch());
        bench.Function.QueueSize = size;
        Assert.Contains("entries cannot hold a request", bench.Run().Reason, StringComparison.Ordinal);
        Assert.Empty(bench.Sink.WrittenTo(RegisterName.QueueEnable));
    }

    private static bool Writes(EventRecord record, RegisterName name)
        => record.Kind == EventKind.RegisterWrite && record.RegisterName == name;
}
