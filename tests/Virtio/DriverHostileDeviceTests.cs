using System.Buffers.Binary;
using Tracing.Schemas;
using Tracing.Virtio.Block;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;
using Xunit;

namespace Tracing.Tests.Virtio;

/// <summary>
/// A device whose registers and memory lie: the driver comes to an end with a result, never with an exception.
/// </summary>
public sealed class DriverHostileDeviceTests
{
    private const ulong RamStart = 0x4000_0000;
    private const int RamBytes = 1 << 20;
    private const ulong RegionStart = 0x1_0000_0000;

    [Theory]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(1000)]
    public void Registers_that_lie_now_and_then_never_throw(int oneLieIn)
    {
        for (var seed = 0; seed < 10 * TestScale.Seeds; seed++)
            RequireAnEnd(seed, (bus, random) => new LyingBus(bus, random, oneLieIn), (_, _) => { });
    }

    [Theory]
    [InlineData(5)]
    [InlineData(200)]
    public void A_device_that_scribbles_over_the_region_never_makes_it_throw(int oneWriteIn)
    {
        for (var seed = 0; seed < 10 * TestScale.Seeds; seed++)
        {
            RequireAnEnd(seed, (bus, _) => bus, (memory, random) =>
            {
                if (random.Next(oneWriteIn) != 0) return;
                // Mostly where the rings are; small numbers are the more convincing lies.
                Span<byte> bytes = stackalloc byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)random.NextInt64() >> random.Next(64));
                memory.TryWrite(RegionStart + (ulong)random.Next(random.Next(2) == 0 ? 8192 : 1 << 18), bytes);
            });
        }
    }

    private static void RequireAnEnd(
        int seed, Func<IPciBus, Random, IPciBus> between, Action<GuestMemory, Random> meanwhile)
    {
        var random = new Random(seed);
        var platform = new PlatformProbes(null);
        var memory = new GuestMemory(platform);
        memory.Map(RamStart, new ArrayBacking(RamBytes), new(RegionOrigin.SystemMemory));
        var interrupts = new InterruptMailbox();
        var device = new PciVirtioDevice(new() { QueueSize = 16, SwiotlbBytes = 1 << 18 }, new()
        {
            Bus = memory,
            Interrupts = interrupts,
            Model = new BlkModel(new MemoryBlockBackend(1024)),
            Platform = platform,
        });
        device.PowerOn(0xfe00_0000, RegionStart);
        var epoch = new DriverEpoch { Work = new WriteAndVerifyPlan(100), Depth = 8 };
        var options = new DriverOptions { Epochs = [epoch, epoch], SystemMemory = new(RamStart, RamBytes), Patience = 300 };
        var driver = new ReferenceDriver(options, between(device, random), memory, interrupts);
        var machine = device.Run();
        var thread = driver.Threads[0];
        for (var steps = 0; ; steps++)
        {
            Assert.True(steps < 400_000, $"seed {seed} does not come to an end");
            meanwhile(memory, random);
            if (random.Next(2) == 0) machine.MoveNext();
            else if (!thread.MoveNext()) break;
        }

        Assert.True(driver.Result.Finished);
        Assert.Equal(2, driver.Result.Negotiated.Count);
    }

    /// <summary>Passes accesses on, and sometimes gives another answer than the device's.</summary>
    private sealed class LyingBus(IPciBus bus, Random random, int oneLieIn) : IPciBus
    {
        public uint ReadConfig(int offset, int width) => (uint)Perhaps(bus.ReadConfig(offset, width), width);

        public void WriteConfig(int offset, int width, uint value) => bus.WriteConfig(offset, width, value);

        public ulong ReadBar(int bar, ulong offset, int width) => Perhaps(bus.ReadBar(bar, offset, width), width);

        public void WriteBar(int bar, ulong offset, int width, ulong value) => bus.WriteBar(bar, offset, width, value);

        private ulong Perhaps(ulong truth, int width)
        {
            if (random.Next(oneLieIn) != 0) return truth;
            var lie = random.Next(4) switch
            {
                0 => ulong.MaxValue,
                1 => 0ul,
                2 => truth ^ (1ul << random.Next(8 * width)),
                _ => (ulong)random.NextInt64(),
            };
            return width == 8 ? lie : lie & ((1ul << (8 * width)) - 1);
        }
    }
}
