using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using Tracing.Journals.Mirror;
using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>
/// Records one source's events into one file. One thread writes; the hot path takes no lock, allocates nothing, calls
/// nothing but the clock, and executes no fence: on x86-64 its stores are plain ones, so that recording does not hide
/// a barrier that the recorded program lacks (docs/decisions/0006-barriers.md). Whoever listens to
/// <see cref="MirroredSource.ProviderName"/> gets the events too, at that listener's cost.
/// </summary>
/// <typeparam name="TClock">The source's clock.</typeparam>
public sealed unsafe class JournalWriter<TClock> : IJournal
    where TClock : struct, IClock
{
    private const int SourceCountBits = 32;
    private const int StateShift = 56;

    private readonly SafeFileHandle file;
    private readonly MappedHeader head;
    private readonly SegmentSupply supply;
    private readonly TClock clock;
    private readonly MirroredSource mirror;
    private MappedSegment segment;
    private EventRecord* next;
    private EventRecord* limit;
    private ulong count;
    private ulong lost;
    private bool ended;

    /// <summary>Creates the file and allocates its first segment.</summary>
    /// <param name="path">The file, which must not exist.</param>
    /// <param name="facts">The run's facts with this source as the only one.</param>
    /// <param name="clock">The source's clock.</param>
    /// <param name="segmentBytes">How much the file grows at a time.</param>
    /// <exception cref="IOException">The file exists, or there is no room for it.</exception>
    public JournalWriter(string path, RunFacts facts, TClock clock, int segmentBytes = SegmentSize.DefaultBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(facts.Sources.Count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentBytes, JournalFormat.MinSegmentBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(segmentBytes, JournalFormat.MaxSegmentBytes);
        Path = path;
        Header = new JournalHeader(facts, segmentBytes);
        this.clock = clock;
        file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            head = new MappedHeader(file, Header);
            supply = new SegmentSupply(file, head.Bytes, segmentBytes);
        }
        catch
        {
            head?.Dispose();
            file.Dispose();
            throw;
        }

        segment = supply.First;
        next = segment.First;
        limit = segment.Limit;
        mirror = MirroredSource.Open(facts, () => Count);
    }

    /// <inheritdoc />
    public string Path { get; }

    /// <inheritdoc />
    public JournalHeader Header { get; }

    /// <inheritdoc />
    public ulong Count => Volatile.Read(ref count);

    /// <inheritdoc />
    public ulong Lost => Volatile.Read(ref lost);

    private int Used => (int)(next - segment.First);

    /// <inheritdoc />
    public void Write(in EventRecord record, string? note = null)
    {
        var place = next;
        if (place == limit || note is not null)
        {
            WriteSlowly(in record, note);
            return;
        }

        var number = count + 1;
        Put(place, in record, number, clock.Read());
        next = place + 1;

        // Behind the record: whoever reads the count may rely on the journal.
        Volatile.Write(ref count, number);
        if (MirroredSource.IsOn) mirror.Write(number, in *place, note: null);
    }

    /// <inheritdoc />
    public void Complete()
    {
        if (ended) return;
        ended = true;
        var length = supply.Finish(segment, Used);
        head.End(count);
        Release();
        RandomAccess.SetLength(file, length);
        file.Dispose();
        mirror.Close(count + lost);
    }

    /// <summary>Lets go of the file; a recording that was not completed stays marked as such.</summary>
    public void Dispose()
    {
        if (ended) return;
        ended = true;
        Release();
        segment.Dispose();
        file.Dispose();
        mirror.Abandon();
    }

    /// <summary>
    /// Copies the record word by word. The word with the state byte goes last: a reader that finds it finds the rest.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(EventRecord* place, in EventRecord record, ulong count, long time)
    {
        ref var source = ref Unsafe.As<EventRecord, ulong>(ref Unsafe.AsRef(in record));
        var target = (ulong*)place;
        var word0 = unchecked((ulong)time);
        var word1 = (Unsafe.Add(ref source, 1) >> SourceCountBits << SourceCountBits) | (count & uint.MaxValue);
        var word2 = Unsafe.Add(ref source, 2) & ((1UL << StateShift) - 1);
        var word3 = Unsafe.Add(ref source, 3);
        var word4 = Unsafe.Add(ref source, 4);
        var word5 = Unsafe.Add(ref source, 5);
        var word6 = Unsafe.Add(ref source, 6);
        var word7 = Unsafe.Add(ref source, 7);
        target[0] = word0;
        target[1] = word1;
        target[3] = word3;
        target[4] = word4;
        target[5] = word5;
        target[6] = word6;
        target[7] = word7;
        var state = RecordCheck.StateOf(word0 ^ word1 ^ word2 ^ word3 ^ word4 ^ word5 ^ word6 ^ word7);
        Volatile.Write(ref target[2], word2 | ((ulong)state << StateShift));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteSlowly(in EventRecord record, string? note)
    {
        Span<byte> buffer = stackalloc byte[JournalFormat.MaxNoteBytes];
        ReadOnlySpan<byte> text = note is null ? default : buffer[..NoteContinuation.Encode(note, buffer)];
        var records = note is null ? 1 : 1 + NoteContinuation.RecordsFor(text.Length);
        if (ended || lost > 0 || (limit - next < records && !TurnOver()))
        {
            Lose();
            return;
        }

        var place = next;
        PutWithNote(in record, note is not null, text);
        Volatile.Write(ref count, count + 1);
        if (MirroredSource.IsOn) mirror.Write(count, in *place, note);
    }

    private void PutWithNote(in EventRecord record, bool hasNote, ReadOnlySpan<byte> text)
    {
        var (number, time) = (count + 1, clock.Read());
        var whole = record;
        whole.HasNote = hasNote;
        Put(next++, in whole, number, time);
        if (!hasNote) return;
        var last = NoteContinuation.RecordsFor(text.Length);
        for (var index = 0; index < last; index++)
        {
            var more = NoteContinuation.Make(in whole, text[(index * JournalFormat.NoteBytesPerRecord)..]);
            Put(next++, in more, number, time);
        }
    }

    private bool TurnOver()
    {
        if (supply.Exchange(segment, Used) is not { } fresh) return false;
        segment = fresh;
        next = fresh.First;
        limit = fresh.Limit;
        return true;
    }

    /// <summary>Counts an event that cannot be kept; the first one also says so in the room that was kept for it.</summary>
    private void Lose()
    {
        if (lost == 0 && !ended)
        {
            Span<byte> text = stackalloc byte[(JournalFormat.RecordsKeptForLoss - 1) * JournalFormat.NoteBytesPerRecord];
            var reason = $"recording stopped: no room for the next journal segment: {supply.Failure}";
            var loss = new EventRecord(EventKind.Loss, Actor.Recorder, thread: 0);
            PutWithNote(in loss, hasNote: true, text[..NoteContinuation.Encode(reason, text)]);
            limit = next;
        }

        lost++;
        head.SetLost(lost);
    }

    private void Release()
    {
        supply.Dispose();
        head.Dispose();
    }
}
