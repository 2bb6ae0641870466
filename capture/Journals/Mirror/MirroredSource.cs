using System.Runtime.CompilerServices;
using System.Text;
using Tracing.Schemas;

namespace Tracing.Journals.Mirror;

/// <summary>
/// One source as listeners of the provider <see cref="ProviderName"/> see it: what it is, its events, and, when it ends,
/// how many it had. Costs a branch an event while nobody listens. While somebody does, each event passes through locks
/// of the runtime, which order memory more strongly than the recorded program may: not the way to hunt a missing barrier.
/// </summary>
public sealed class MirroredSource
{
    /// <summary>The provider's name, by which tools enable it.</summary>
    public const string ProviderName = VirtioTraceEventSource.ProviderName;

    /// <summary>The number of the event by which a source says what it is, and how many events it has by then.</summary>
    public const int FactsEvent = VirtioTraceEventSource.FactsEvent;

    /// <summary>The number of the event by which a source says that it has ended, and how many events it had.</summary>
    public const int ClosedEvent = VirtioTraceEventSource.ClosedEvent;

    /// <summary>How often a source says again what it is: the event that says so may be lost like any other.</summary>
    private const ulong EventsBetweenFacts = 1 << 16;

    private static uint instances;
    private readonly Func<ulong> count;

    private MirroredSource(RunFacts facts, Func<ulong> count)
    {
        Facts = facts;
        this.count = count;
        Name = facts.Sources[0].Name;
        Instance = Interlocked.Increment(ref instances);
    }

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => VirtioTraceEventSource.Log.IsEnabled();
    }

    /// <summary>The run's facts, with this source as the only one.</summary>
    internal RunFacts Facts { get; }

    /// <summary>The source's name.</summary>
    internal string Name { get; }

    /// <summary>Tells it apart from this process's other sources.</summary>
    internal uint Instance { get; }

    /// <summary>Begins.</summary>
    /// <param name="facts">The run's facts with this source as the only one.</param>
    /// <param name="count">How many events the source has by now; any thread may ask.</param>
    public static MirroredSource Open(RunFacts facts, Func<ulong> count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(facts.Sources.Count, 1);
        var source = new MirroredSource(facts, count);
        VirtioTraceEventSource.Log.Add(source);
        return source;
    }

    /// <summary>Mirrors one event; to be called while somebody listens.</summary>
    /// <param name="number">Its place in the source's count, from 1.</param>
    /// <param name="record">The event, with its time.</param>
    /// <param name="note">Its note, or null.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Write(ulong number, in EventRecord record, string? note)
    {
        VirtioTraceEventSource.Log.Mirror(this, number, in record, note is null ? null : Cut(note));
        if (number % EventsBetweenFacts == 0) WriteFacts();
    }

    /// <summary>Says what the source is.</summary>
    public void WriteFacts() => VirtioTraceEventSource.Log.Tell(this, count(), isClosed: false);

    /// <summary>The source has come to its end.</summary>
    /// <param name="total">How many events it had, lost ones included.</param>
    public void Close(ulong total)
    {
        VirtioTraceEventSource.Log.Remove(this);
        if (IsOn) VirtioTraceEventSource.Log.Tell(this, total, isClosed: true);
    }

    /// <summary>The source is given up without having come to its end.</summary>
    public void Abandon() => VirtioTraceEventSource.Log.Remove(this);

    /// <summary>The note as a journal keeps it.</summary>
    private static string Cut(string note)
    {
        if (note.Length * 3L <= JournalFormat.MaxNoteBytes && !note.Contains('\0')) return note;
        Span<byte> text = stackalloc byte[JournalFormat.MaxNoteBytes];
        // A zero character would end the text where it stands.
        return Encoding.UTF8.GetString(text[..NoteContinuation.Encode(note, text)]).Replace('\0', '\ufffd');
    }
}
