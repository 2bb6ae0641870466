using System.Runtime.CompilerServices;
using Tracing.Schemas;

namespace Tracing.Journals.Mirror;

/// <summary>
/// Records nothing itself: whoever enables the provider <see cref="MirroredSource.ProviderName"/> gets the events. For
/// programs that others record with .NET's own tools.
/// </summary>
/// <typeparam name="TClock">The source's clock.</typeparam>
public sealed class MirrorSink<TClock> : IEventSink, IDisposable
    where TClock : struct, IClock
{
    private readonly MirroredSource mirror;
    private readonly TClock clock;
    private ulong count;
    private bool ended;

    /// <summary>Begins a source.</summary>
    /// <param name="facts">The run's facts with this source as the only one.</param>
    /// <param name="clock">The source's clock.</param>
    public MirrorSink(RunFacts facts, TClock clock)
    {
        this.clock = clock;
        mirror = MirroredSource.Open(facts, () => Count);
    }

    /// <summary>How many events there were, whether anybody listened or not. Any thread may ask.</summary>
    public ulong Count => Volatile.Read(ref count);

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(in EventRecord record, string? note = null)
    {
        var number = count + 1;
        if (MirroredSource.IsOn) WriteMirrored(number, in record, note);
        Volatile.Write(ref count, number);
    }

    /// <summary>Ends the source: listeners are told how many events it had.</summary>
    public void Complete()
    {
        if (ended) return;
        ended = true;
        mirror.Close(count);
    }

    /// <summary>Gives the source up; one that was not completed stays without its end.</summary>
    public void Dispose()
    {
        if (!ended) mirror.Abandon();
        ended = true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteMirrored(ulong number, in EventRecord record, string? note)
    {
        var whole = record;
        whole.Time = clock.Read();
        mirror.Write(number, in whole, note);
    }
}
