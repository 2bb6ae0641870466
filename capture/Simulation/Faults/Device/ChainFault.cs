using Tracing.Virtio.Device;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>A fault that strikes one chain of each queue.</summary>
internal abstract class ChainFault : DeviceFault
{
    private const string First = "request";

    public override IReadOnlyList<Parameter> Parameters { get; } =
    [
        new NumberParameter(
            First, "the first request of a queue that may be struck, counted from 0", 20, 0, long.MaxValue),
    ];

    protected static ulong FirstOf(Arguments arguments) => (ulong)arguments.Number(First);

    protected static Once OnceOf(Arguments arguments) => new(FirstOf(arguments));
}

/// <summary>
/// Strikes once in each queue. Not at a queue's very first chain, behind which rings and memory are still as the driver
/// zeroed them.
/// </summary>
/// <param name="first">The first chain that may be struck.</param>
internal sealed class Once(ulong first)
{
    private readonly HashSet<ushort> struck = [];

    /// <summary>Whether to go wrong now. Asked only where it could be done; the first yes is the only one.</summary>
    public bool Strikes(DeviceSituation situation) => situation.Request > first && struck.Add(situation.Queue);
}
