using Tracing.Schemas;
using Tracing.Virtio.Driver;
using Xunit;

namespace Tracing.Tests.Virtio;

public sealed class DriverQueueTests
{
    [Fact]
    public void A_served_queue_completes_everything()
    {
        var bench = new DriverBench(DriverBench.Epoch(blocks: 40));
        var result = bench.Run(function => function.Serve());
        Assert.Null(result.Reason);
        // 40 writes, a flush, an id, 40 reads of a device that stores nothing.
        Assert.Equal(82ul, result.Requests);
        Assert.Equal(40ul, result.VerificationErrors);
        Assert.Equal(40ul * 512, result.BytesWritten);
    }

    [Theory]
    [InlineData(16u, "beyond the queue's 16")]
    [InlineData(uint.MaxValue, "beyond the queue's 16")]
    [InlineData(15u, "head of no outstanding chain")]
    public void A_used_id_that_is_nobodys_ends_the_queue(uint id, string reason)
    {
        var bench = new DriverBench(DriverBench.Epoch());
        var result = bench.Run(function => function.Use(0, id, 1));
        Assert.Contains(reason, result.Reason, StringComparison.Ordinal);
        Assert.Equal(0ul, result.Requests);
    }

    [Fact]
    public void A_chain_that_is_used_twice_is_taken_once()
    {
        // Two writes are out and the reads wait for them, so that no new chain can take the head over.
        var epoch = DriverBench.Epoch() with { Work = new WriteAndVerifyPlan(2) { BlockBytes = 512, Flush = false, GetId = false } };
        var bench = new DriverBench(epoch);
        var result = bench.Run(function =>
        {
            if (function.TakeAvailable(0) is not [var first, _]) return;
            function.Complete(0, first);
            function.Use(0, first, 1);
            function.Use(0, first, 1);
        });
        Assert.Contains("head of no outstanding chain", result.Reason, StringComparison.Ordinal);
        Assert.Equal(1ul, result.Requests);
    }

    [Fact]
    public void A_used_index_beyond_what_is_outstanding_ends_the_queue()
    {
        var bench = new DriverBench(DriverBench.Epoch());
        var result = bench.Run(function => function.Use(0, 0, 1, advance: 100));
        Assert.Contains("with 4 chains outstanding", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_used_length_never_decides_how_much_is_copied()
    {
        var bench = new DriverBench(DriverBench.Epoch());
        var result = bench.Run(function =>
        {
            foreach (var head in function.TakeAvailable(0))
            {
                function.Complete(0, head);
                function.Use(0, head, uint.MaxValue);
            }
        });
        Assert.Null(result.Reason);
        Assert.Equal(result.Requests, result.DistrustedLengths);
        var lengths = bench.Sink.Of(EventKind.Map).ToDictionary(record => record.MappingId!.Value, record => record.Length);
        foreach (var copy in bench.Sink.Of(EventKind.BounceCopy))
            Assert.Equal(lengths[copy.MappingId!.Value], copy.Length);
    }

    [Fact]
    public void A_full_region_is_back_pressure_and_the_work_is_done_all_the_same()
    {
        // 1 MiB of region, requests of 128 KiB: seven fit at most, sixteen would like to.
        var epoch = DriverBench.Epoch(blocks: 30) with
        {
            Work = new WriteAndVerifyPlan(30) { BlockBytes = 128 << 10 },
            LargestRequest = 128 << 10,
            Depth = 16,
            QueueSize = 64,
        };
        var bench = new DriverBench(epoch);
        bench.Function.QueueSize = 64;
        var result = bench.Run(function => function.Serve());
        Assert.Null(result.Reason);
        Assert.Equal(62ul, result.Requests);
        Assert.True(result.BackPressure > 0);
    }

    [Fact]
    public void A_request_that_no_empty_region_could_hold_is_said_so()
    {
        var epoch = DriverBench.Epoch() with
        {
            Work = new WriteAndVerifyPlan(1) { BlockBytes = 2 << 20 },
            LargestRequest = 2 << 20,
            Depth = 1,
        };
        Assert.Contains("finds no room", new DriverBench(epoch).Run().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_region_negotiated_every_address_lies_inside()
    {
        // The policy would rather use system memory; the negotiated feature wins.
        var bench = new DriverBench(DriverBench.Epoch(memory: MemoryPolicy.Mixed(0)));
        bench.Run(function => function.Serve());
        var region = new Window(ScriptedFunction.RegionStart, ScriptedFunction.RegionBytes);
        var descriptors = bench.Sink.Of(EventKind.Store)
            .Where(record => record.Part is Part.Descriptor or Part.IndirectDescriptor).ToList();
        Assert.NotEmpty(descriptors);
        Assert.All(descriptors, record => Assert.True(region.Contains(record.Target!.Value, record.Size!.Value)));
        Assert.All(bench.Sink.Of(EventKind.Map), record => Assert.True(region.Contains(record.Address!.Value, record.Length!.Value)));
    }

    [Fact]
    public void Whatever_was_mapped_is_unmapped_once()
    {
        var bench = new DriverBench(DriverBench.Epoch(blocks: 20));
        bench.Run(function => function.Serve());
        var mapped = bench.Sink.Of(EventKind.Map).Select(record => record.MappingId).ToList();
        var unmapped = bench.Sink.Of(EventKind.Unmap).Select(record => record.MappingId).ToList();
        Assert.Equal(mapped.Count, mapped.Distinct().Count());
        Assert.Equal(mapped.Order(), unmapped.Order());
    }

    [Fact]
    public void Memory_is_given_up_only_after_the_device_presented_0()
    {
        // Abandoned with requests in flight; the device takes its time.
        var epoch = DriverBench.Epoch(blocks: 20) with { AbandonAfter = 4 };
        var bench = new DriverBench(epoch);
        var reads = 0;
        bench.Function.Status = written => written == 0 && ++reads > 3 && reads < 20 ? (byte)0x0f : written;
        var result = bench.Run();
        Assert.Equal(0ul, result.Requests);
        var zero = bench.Sink.LastAt(record => record is { Kind: EventKind.RegisterRead, RegisterName: RegisterName.DeviceStatus, Value: 0 });
        Assert.True(zero < bench.Sink.FirstAt(record => record.Kind == EventKind.Unmap));
        Assert.Equal(bench.Sink.Of(EventKind.Map).Count(), bench.Sink.Of(EventKind.Unmap).Count());
    }

    [Fact]
    public void A_chain_on_the_smallest_queue_has_two_descriptors()
    {
        var bench = new DriverBench(DriverBench.Epoch(blocks: 6) with { QueueSize = 2 });
        Assert.Null(bench.Run(function => function.Serve()).Reason);
        Assert.DoesNotContain(bench.Sink.Of(EventKind.Store), record => record.Part == Part.IndirectDescriptor);
        var stores = bench.Sink.Of(EventKind.Store).ToList();
        Assert.Equal(
            2 * stores.Count(record => record.Part == Part.AvailableIndex),
            stores.Count(record => record.Part == Part.Descriptor));
    }
}
