using Tracing.Schemas;

namespace Tracing.Tests.Virtio;

/// <summary>Keeps what a driver says.</summary>
internal sealed class DriverEvents : IEventSink
{
    public List<(EventRecord Record, string? Note)> All { get; } = [];

    public void Write(in EventRecord record, string? note = null) => All.Add((record, note));

    public IEnumerable<EventRecord> Of(params EventKind[] kinds)
        => All.Select(entry => entry.Record).Where(record => kinds.Contains(record.Kind));

    /// <summary>The values written to a register, in order.</summary>
    public ulong[] WrittenTo(RegisterName name)
        => [.. Of(EventKind.RegisterWrite).Where(record => record.RegisterName == name).Select(record => record.Value!.Value)];

    /// <summary>The place in the whole sequence of the first event that fits.</summary>
    public int FirstAt(Func<EventRecord, bool> fits) => All.FindIndex(entry => fits(entry.Record));

    /// <summary>The place in the whole sequence of the last event that fits.</summary>
    public int LastAt(Func<EventRecord, bool> fits) => All.FindLastIndex(entry => fits(entry.Record));
}
