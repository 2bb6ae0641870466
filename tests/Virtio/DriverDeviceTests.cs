using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;
using Xunit;

namespace Tracing.Tests.Virtio;

/// <summary>Driver and device together: what is written is read back, whatever the order in which they move.</summary>
public sealed class DriverDeviceTests
{
    private const int Blocks = 300;

    public static TheoryData<string> Policies => ["region", "system", "mixed", "declared"];

    [Theory]
    [MemberData(nameof(Policies))]
    public void Every_memory_policy_moves_every_block(string policy)
    {
        ForEachSeed(seed =>
        {
            var pair = new DriverPair(seed, Device(policy), [Epoch(policy)]);
            RequireAllDone(pair, Blocks);
            RequireBalancedMappings(pair);
        });
    }

    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(true, false, 2)]
    [InlineData(false, true, 2)]
    [InlineData(false, false, 1)]
    public void Event_index_or_flags_interrupts_or_polling_one_queue_or_two(bool eventIndex, bool interrupts, int queues)
    {
        ForEachSeed(seed =>
        {
            var wanted = eventIndex ? DriverEpoch.DefaultFeatures : DriverEpoch.DefaultFeatures.Without(FeatureBit.EventIndex);
            var epoch = Epoch("region") with { Wanted = wanted, Interrupts = interrupts, Queues = queues };
            var pair = new DriverPair(seed, Device("region") with { Queues = (ushort)queues }, [epoch]);
            RequireAllDone(pair, Blocks);
            Assert.Equal(queues, pair.Sink.Of(EventKind.Doorbell).Select(record => record.Queue).Distinct().Count());
        });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(32768)]
    public void Every_legal_size_works(int size)
    {
        var device = Device("region") with { QueueSize = 32768 };
        var pair = new DriverPair(size, device, [Epoch("region") with { QueueSize = (ushort)size }]);
        RequireAllDone(pair, Blocks);
    }

    [Fact]
    public void Pin_interrupts_work_where_messages_are_not_used()
    {
        ForEachSeed(seed =>
        {
            var epoch = Epoch("region") with { MessageInterrupts = false };
            var pair = new DriverPair(seed, Device("region"), [epoch]);
            RequireAllDone(pair, Blocks);
            Assert.All(pair.Sink.Of(EventKind.Interrupt), record => Assert.Null(record.Slot));
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_legacy_interface_works_with_ANY_LAYOUT(bool interrupts)
    {
        ForEachSeed(seed =>
        {
            var epoch = Epoch("system") with { Legacy = true, Interrupts = interrupts };
            var features = FeatureSet.Of(FeatureBit.AnyLayout, FeatureBit.IndirectDescriptors, FeatureBit.EventIndex, FeatureBit.BlkFlush);
            var device = Device("system") with { Legacy = true, Features = features };
            var pair = new DriverPair(seed, device, [epoch]);
            RequireAllDone(pair, Blocks);
            Assert.True(pair.Driver.Result.Negotiated[0].Has(FeatureBit.AnyLayout));
            Assert.False(pair.Driver.Result.Negotiated[0].Has(FeatureBit.Version1));
        });
    }

    [Fact]
    public void A_second_epoch_without_the_feature_and_with_the_region_elsewhere_works()
    {
        ForEachSeed(seed =>
        {
            var second = Epoch("mixed") with
            {
                Wanted = DriverEpoch.DefaultFeatures.Without(FeatureBit.Swiotlb),
                Bars = [(2, 0x2_0000_0000)],
            };
            var pair = new DriverPair(seed, Device("mixed"), [Epoch("region"), second]);
            RequireAllDone(pair, 2 * Blocks);
            Assert.True(pair.Driver.Result.Negotiated[0].Has(FeatureBit.Swiotlb));
            Assert.False(pair.Driver.Result.Negotiated[1].Has(FeatureBit.Swiotlb));
            Assert.Contains(pair.Sink.Of(EventKind.Map), record => record.Address >= 0x2_0000_0000);
            RequireBalancedMappings(pair);
        });
    }

    [Fact]
    public void A_device_that_needs_the_feature_refuses_a_driver_that_does_not_know_it()
    {
        var epoch = Epoch("system") with { Wanted = DriverEpoch.DefaultFeatures.Without(FeatureBit.Swiotlb) };
        var pair = new DriverPair(1, Device("region") with { Policy = SwiotlbPolicy.Require }, [epoch]);
        var result = pair.Run();
        Assert.True(result.Refused);
        Assert.Equal(DeviceStatus.Failed, pair.Device.Status & DeviceStatus.Failed);
        Assert.Empty(pair.Sink.Of(EventKind.Map, EventKind.Store, EventKind.Doorbell));
        Assert.Empty(pair.DeviceSink.Of(EventKind.DmaRead, EventKind.DmaWrite));
    }

    [Fact]
    public void An_abandoned_device_is_reset_with_requests_in_flight()
    {
        ForEachSeed(seed =>
        {
            var pair = new DriverPair(seed, Device("region"), [Epoch("region") with { AbandonAfter = 100 }, Epoch("region")]);
            var result = pair.Run();
            Assert.Null(result.Reason);
            Assert.Equal(0ul, result.VerificationErrors);
            Assert.Equal(Blocks * 4096ul, result.BytesRead);
            RequireBalancedMappings(pair);
        });
    }

    [Fact]
    public void A_small_region_makes_the_driver_wait_and_no_request_is_lost()
    {
        ForEachSeed(seed =>
        {
            var device = Device("region") with { SwiotlbBytes = 128 << 10, Queues = 2 };
            var pair = new DriverPair(seed, device, [Epoch("region") with { Queues = 2 }]);
            RequireAllDone(pair, Blocks);
            Assert.True(pair.Driver.Result.BackPressure > 0);
        });
    }

    [Fact]
    public void The_same_seed_gives_the_same_events()
    {
        var first = new DriverPair(7, Device("region") with { Queues = 2 }, [Epoch("region") with { Queues = 2 }]);
        var second = new DriverPair(7, Device("region") with { Queues = 2 }, [Epoch("region") with { Queues = 2 }]);
        first.Run();
        second.Run();
        Assert.Equal(first.Sink.Events, second.Sink.Events);
    }

    private static void ForEachSeed(Action<int> test)
    {
        for (var seed = 1; seed <= TestScale.Seeds; seed++) test(seed);
    }

    private static DeviceOptions Device(string policy) => policy switch
    {
        "region" => new(),
        "mixed" => new(),
        _ => new() { SwiotlbBytes = 0 },
    };

    private static DriverEpoch Epoch(string policy) => new()
    {
        Work = new WriteAndVerifyPlan(Blocks),
        Wanted = policy == "region" ? DriverEpoch.DefaultFeatures : DriverEpoch.DefaultFeatures.Without(FeatureBit.Swiotlb),
        Memory = policy switch
        {
            "region" => MemoryPolicy.Region,
            "mixed" => MemoryPolicy.Mixed(60, Part.DescriptorArea, Part.DeviceArea),
            "declared" => MemoryPolicy.Declared(new(DriverPair.RamStart + DriverPair.DriverBytes, 4 << 20)),
            _ => MemoryPolicy.System,
        },
    };

    private static void RequireAllDone(DriverPair pair, int blocks)
    {
        var result = pair.Run();
        Assert.Null(result.Reason);
        Assert.True(result.Finished);
        Assert.Equal(0ul, result.VerificationErrors);
        Assert.Equal(0ul, result.FailedRequests);
        Assert.Equal(0ul, result.DistrustedLengths);
        Assert.Equal((ulong)blocks * 4096, result.BytesWritten);
        Assert.Equal((ulong)blocks * 4096, result.BytesRead);
        Assert.Empty(pair.DeviceSink.Of(EventKind.DeviceError));
    }

    private static void RequireBalancedMappings(DriverPair pair)
        => Assert.Equal(
            pair.Sink.Of(EventKind.Map).Select(record => record.MappingId).Order(),
            pair.Sink.Of(EventKind.Unmap).Select(record => record.MappingId).Order());
}
