using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>One source's view of the run's <see cref="VirtualTime"/>.</summary>
/// <param name="time">The time that the run's sources share.</param>
public readonly struct VirtualClock(VirtualTime time) : IClock
{
    /// <summary>The name by which sealing knows that times order events exactly.</summary>
    public const string Name = "virtual";

    /// <summary>What a run says of this clock.</summary>
    public static ClockFacts Facts { get; } = new(Name, ResolutionNs: 1, OffsetNs: 0, UncertaintyNs: 0);

    /// <inheritdoc />
    public long Read() => time.Advance();
}
