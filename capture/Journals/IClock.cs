namespace Tracing.Journals;

/// <summary>
/// Where a journal's times come from. Implemented by structs, so that a writer's read of the clock is inlined into its
/// hot path.
/// </summary>
public interface IClock
{
    /// <summary>The time now, in nanoseconds on this clock.</summary>
    long Read();
}
