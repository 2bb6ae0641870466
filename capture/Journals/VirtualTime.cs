namespace Tracing.Journals;

/// <summary>
/// The time of a simulated run: it advances by one with every event of any of the run's sources, so that times alone
/// order them exactly. A simulation is one-threaded, and so is this.
/// </summary>
public sealed class VirtualTime
{
    /// <summary>The time of the latest event; 0 before the first.</summary>
    public long Now { get; private set; }

    /// <summary>The time of the next event.</summary>
    public long Advance() => ++Now;
}
