using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;
using Xunit;

namespace Tracing.Tests.Virtio;

/// <summary>The reference driver and the reference device together, under several schedules.</summary>
public sealed class ReferencePairTests
{
    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(2, 4, true)]
    [InlineData(3, 2, false)]
    public void Every_block_comes_back_as_it_was_written(int seed, ushort queues, bool msix)
    {
        for (var round = 0; round < TestScale.Seeds; round++)
        {
            var rig = new DeviceRig(new DeviceOptions { Queues = queues }, backend: new Tracing.Virtio.Block.MemoryBlockBackend(4096));
            var driver = new ReferenceDriver(
                new DriverOptions
                {
                    Epochs = [new DriverEpoch { Work = new WriteAndVerifyPlan(100), Queues = queues, Depth = 16, MessageInterrupts = msix }],
                    SystemMemory = new(DeviceRig.SystemBase, DeviceRig.SystemBytes),
                },
                rig.Device,
                rig.Memory,
                rig.Mailbox);
            Run(rig, driver, seed * 100 + round);

            Assert.Null(driver.Result.Reason);
            Assert.True(driver.Result.Finished);
            Assert.Equal(0UL, driver.Result.VerificationErrors);
            Assert.Equal(0UL, driver.Result.FailedRequests);
            Assert.Equal(100UL * 4096, driver.Result.BytesRead);
            Assert.Empty(rig.Sink.Of(EventKind.DeviceError));
            Assert.True(driver.Result.Negotiated[0].Has(FeatureBit.Swiotlb));
            Assert.Equal(DeviceStatus.None, rig.Device.Status);
        }
    }

    private static void Run(DeviceRig rig, ReferenceDriver driver, int seed)
    {
        var random = new Random(seed);
        var alive = driver.Threads.ToList();
        for (var steps = 0; alive.Count > 0; steps++)
        {
            Assert.True(steps < 5_000_000, "the pair does not come to an end");
            if (random.Next(2) == 0) rig.Step();
            else if (alive[random.Next(alive.Count)] is var thread && !thread.MoveNext()) alive.Remove(thread);
        }
    }
}
