namespace Tracing.Schemas;

/// <summary>Where probes put what they saw. One sink belongs to one source and is used by one thread at a time.</summary>
public interface IEventSink
{
    /// <summary>
    /// Takes one event. The sink sets time, count and state. Never throws and never blocks on I/O: a sink that cannot
    /// keep an event counts it as lost.
    /// </summary>
    /// <param name="record">The event, without time, count and state.</param>
    /// <param name="note">The note column, or null.</param>
    void Write(in EventRecord record, string? note = null);
}
