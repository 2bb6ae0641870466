using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;

namespace Tracing.Tests.Virtio;

/// <summary>A driver on a scripted function, polling, with its memory around it.</summary>
internal sealed class DriverBench
{
    public const ulong RamStart = 0x4000_0000;

    public DriverBench(DriverEpoch epoch, DriverConduct? conduct = null)
    {
        Memory = new(new PlatformProbes(null));
        Memory.Map(RamStart, new ArrayBacking(4 << 20), new(RegionOrigin.SystemMemory));
        Memory.Map(
            ScriptedFunction.RegionStart, new ArrayBacking(ScriptedFunction.RegionBytes), new(RegionOrigin.Capability, Device: 0));
        Function = new(Memory);
        var options = new DriverOptions
        {
            Epochs = [epoch],
            SystemMemory = new(RamStart, 4 << 20),
            Patience = 1000,
        };
        Driver = new(options, Function, Memory, new InterruptMailbox(), Sink, conduct);
    }

    public GuestMemory Memory { get; }

    public ScriptedFunction Function { get; }

    public RecordingSink Sink { get; } = new();

    public ReferenceDriver Driver { get; }

    public static DriverEpoch Epoch(int blocks = 8, MemoryPolicy? memory = null) => new()
    {
        Work = new WriteAndVerifyPlan(blocks) { BlockBytes = 512 },
        Memory = memory ?? MemoryPolicy.Region,
        QueueSize = 16,
        LargestRequest = 512,
        Depth = 4,
        Interrupts = false,
        MessageInterrupts = false,
    };

    /// <summary>Moves the driver on until it ends; while it idles, <paramref name="device"/> acts.</summary>
    public DriverResult Run(Action<ScriptedFunction>? device = null)
    {
        var thread = Driver.Threads[0];
        for (var steps = 0; steps < 100_000 && thread.MoveNext(); steps++)
        {
            if (thread.Current == Pause.Idle && Function.IsLive) device?.Invoke(Function);
        }

        return Driver.Result;
    }
}
