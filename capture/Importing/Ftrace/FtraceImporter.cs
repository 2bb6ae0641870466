using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// Text of Linux' ftrace: the driver's side of virtio-pci devices, as far as the kernel's functions were probed. Contents of rings,
/// barriers and payload are not in it.
/// </summary>
public sealed class FtraceImporter : ITraceImporter
{
    private const string HeaderOfCounts = "# entries-in-buffer/entries-written: ";

    private readonly FtraceRun run = new();
    private readonly FtraceThreads threads = new();
    private readonly FtraceRegisterCalls registers;
    private readonly FtraceQueueCalls queues;
    private readonly FtraceMemoryCalls memory;
    private long? firstTime;

    /// <summary>An importer that has read nothing.</summary>
    public FtraceImporter()
    {
        registers = new FtraceRegisterCalls(run);
        memory = new FtraceMemoryCalls(run);
        queues = new FtraceQueueCalls(run, memory);
    }

    /// <inheritdoc />
    public SourceFacts MayShow => new("ftrace", new ClockFacts(ClockOf(long.MaxValue), 1000, OffsetNs: 0, UncertaintyNs: null), FtraceCoverage.Everything, Events: 0);

    /// <inheritdoc />
    public SourceFacts Shows => new(
        MayShow.Name,
        firstTime is { } first ? MayShow.Clock with { Name = ClockOf(first) } : new ClockFacts("none", 0, OffsetNs: 0, UncertaintyNs: null),
        run.Coverage.Sees,
        Events: 0);

    /// <inheritdoc />
    public void Take(ReadOnlySpan<byte> line, ImportedEvents events)
    {
        if (FtraceLine.TryParse(line, out var parsed)) Event(parsed, line, events);
        else if (!IsFrame(line)) events.PassOver("no trace event", line);
        run.Output.Flush(events);
    }

    /// <inheritdoc />
    public void TakeTorn(ReadOnlySpan<byte> line, ImportedEvents events) => events.PassOver("the last line has no end", line);

    /// <inheritdoc />
    public void Conclude(ImportedEvents events) => run.Output.Conclude(events);

    /// <summary>Which clock it was, and of which boot, no line says: only traces that begin alike can be of the same one.</summary>
    private static string ClockOf(long time) => string.Create(CultureInfo.InvariantCulture, $"ftrace, first line at {time} ns");

    /// <summary>Lines that stand around the events: headers, and what says that events are missing.</summary>
    private bool IsFrame(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(Encoding.ASCII.GetBytes(HeaderOfCounts))) Overwritten(line[HeaderOfCounts.Length..]);
        if (line.StartsWith("CPU:"u8)) return Dropped(line);
        if (line.StartsWith("##### CPU "u8))
        {
            // Each processor's buffer was overwritten up to another time, and those of one that began later are missing before it.
            run.Lost(null, "the buffer of another processor begins here");
            return true;
        }

        return line.IsEmpty || line.StartsWith("#"u8) || line.StartsWith("cpus="u8) || line.StartsWith("version = "u8)
            || (line.StartsWith("CPU "u8) && line.EndsWith(" is empty"u8));
    }

    /// <summary>How many events were written and are no longer in the buffer.</summary>
    private void Overwritten(ReadOnlySpan<byte> counts)
    {
        if (!Utf8Parser.TryParse(counts, out ulong kept, out var digits) || digits >= counts.Length || counts[digits] != '/'
            || !Utf8Parser.TryParse(counts[(digits + 1)..], out ulong written, out _) || written <= kept) return;
        run.Lost(written - kept, "the buffer was overwritten before it was read");
    }

    /// <summary>
    /// <c>CPU:n [LOST m EVENTS]</c> in the file, <c>CPU:n [m EVENTS DROPPED]</c> from trace-cmd; without m where the kernel does not know it.
    /// </summary>
    private bool Dropped(ReadOnlySpan<byte> line)
    {
        var bracket = line.IndexOf((byte)'[');
        if (bracket < 0) return false;
        var words = line[(bracket + 1)..];
        if (words.StartsWith("LOST "u8)) words = words["LOST ".Length..];
        ulong? count = Utf8Parser.TryParse(words, out ulong number, out var digits) ? number : null;
        if (count is not null) words = words[digits..].TrimStart((byte)' ');
        if (!words.StartsWith("EVENTS"u8)) return false;
        run.Lost(count, "ftrace lost events");
        return true;
    }

    private void Event(FtraceLine line, ReadOnlySpan<byte> text, ImportedEvents events)
    {
        run.Time = line.Time;
        var isProbe = FtraceProbe.TryParse(line.Rest, out var probe);
        var call = isProbe ? FtraceFunctions.Find(probe.Function, Encoding.Latin1.GetString(line.Event)) : null;
        var kind = isProbe ? null : FtraceEvents.Find(line.Event);
        if (call is null && kind is null)
        {
            events.PassOver($"'{NameOf(line)}' is not made use of", text);
            return;
        }

        if (threads.Of(line) is not { } thread)
        {
            events.PassOver("an event of one task too many", text);
            return;
        }

        if (line.Time != EventRecord.UnknownTime) firstTime ??= line.Time;
        var why = Reason(Take(thread, call, kind, probe, line.Rest));
        if (why is not null) events.PassOver($"'{NameOf(line)}' {why}", text);
        Forget(thread, call, kind, probe.IsReturn);
    }

    private FtraceOutcome Take(FtraceThread thread, FtraceCall? call, FtraceEvent? kind, FtraceProbe probe, ReadOnlySpan<byte> rest)
    {
        if (kind is { } known) return memory.Take(thread, known, rest);
        if (!probe.Arguments.AreWellFormed) return FtraceOutcome.Misshapen;
        var called = call.GetValueOrDefault();
        if (FtraceMemoryCalls.Knows(called)) return memory.Take(thread, called, probe);
        if (FtraceQueueCalls.Knows(called)) return queues.Take(thread, called, probe) ? FtraceOutcome.Taken : FtraceOutcome.Misshapen;
        if (FtraceRegisterCalls.Knows(called)) return registers.Take(thread, called, probe) ? FtraceOutcome.Taken : FtraceOutcome.Misshapen;
        return FtraceOutcome.Taken;
    }

    /// <summary>What is remembered of a line only for the next one of the same thread.</summary>
    private static void Forget(FtraceThread thread, FtraceCall? call, FtraceEvent? kind, bool isReturn)
    {
        if ((call != FtraceCall.MapBuffer || isReturn) && kind != FtraceEvent.Bounced) thread.IsBufferAnnounced = false;
        if (call != FtraceCall.Notify && thread.JustNotified is { } notified)
        {
            notified.Doorbell.IsOpen = false;
            thread.JustNotified = null;
        }

        if (call is not (FtraceCall.UnmapDma or FtraceCall.FreeDma)) thread.JustUnmapped = null;
        var isOfAdding = call is FtraceCall.AddBuffers or FtraceCall.MapBuffer or FtraceCall.MapDma && !(call == FtraceCall.AddBuffers && isReturn);
        if (!isOfAdding && kind is not (FtraceEvent.Bounced or FtraceEvent.Mapped)) thread.QueueJustEntered = null;
    }

    private static string? Reason(FtraceOutcome outcome) => outcome switch
    {
        FtraceOutcome.Misshapen => "is not as it was expected",
        FtraceOutcome.Unpaired => "returns, and no line shows that it was called",
        FtraceOutcome.Elsewhere => "of a device that is not known to be a virtio device",
        _ => null,
    };

    private static string NameOf(FtraceLine line) => Encoding.ASCII.GetString(line.Event[..Math.Min(line.Event.Length, 64)]);
}
