namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A fault that strikes one request of each queue.</summary>
internal abstract class RequestFault : DriverFault
{
    private const string First = "request";

    public override IReadOnlyList<Parameter> Parameters { get; } =
    [
        new NumberParameter(
            First, "the first request of a queue that may be struck, counted from 0", 20, 0, long.MaxValue),
    ];

    protected static Occasion OccasionOf(Arguments arguments) => new((ulong)arguments.Number(First));
}

/// <summary>
/// When a request fault strikes: once in each queue, at the first request that fits. Not at a queue's very first one,
/// behind which rings and memory are still as the driver zeroed them.
/// </summary>
/// <param name="first">The first request that may be struck.</param>
internal sealed class Occasion(ulong first)
{
    private readonly Dictionary<ushort, ulong> struck = [];

    /// <summary>
    /// Whether this is the request. Asked only about requests that fit; one that the driver tries again stays the one.
    /// </summary>
    public bool Arises(ushort queue, ulong request)
        => request >= first
            && (struck.TryGetValue(queue, out var chosen) ? chosen == request : struck.TryAdd(queue, request));
}
