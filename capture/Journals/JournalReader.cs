using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>
/// Reads a journal, of which nothing is believed: what cannot be read becomes a loss event in its place, with a count
/// where the counts around it tell.
/// </summary>
public sealed class JournalReader : IEventReader
{
    private const uint HalfOfCounts = 1u << 31;
    private readonly SafeFileHandle file;
    private readonly SegmentReader segment;
    private readonly ulong events;
    private readonly ulong lost;
    private int position;
    private ulong last;
    private long lastTime = EventRecord.UnknownTime;
    private string? damage;
    private EventRecord current;
    private EventRecord postponed;
    private string? postponedNote;
    private ulong postponedCount;
    private bool ended;

    private JournalReader(string path, SafeFileHandle file, JournalHeader header, ReadOnlySpan<byte> page)
    {
        Path = path;
        this.file = file;
        Header = header;
        segment = new SegmentReader(file, header);
        IsComplete = BinaryPrimitives.ReadUInt64LittleEndian(page[JournalFormat.EndMarkOffset..]) == JournalFormat.EndMark;
        events = BinaryPrimitives.ReadUInt64LittleEndian(page[JournalFormat.EventsOffset..]);
        lost = BinaryPrimitives.ReadUInt64LittleEndian(page[JournalFormat.LostOffset..]);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What the journal says of itself.</summary>
    public JournalHeader Header { get; }

    /// <inheritdoc />
    public SourceFacts Source => Header.Source;

    /// <inheritdoc />
    public bool IsComplete { get; }

    /// <inheritdoc />
    public ref readonly EventRecord Current => ref current;

    /// <inheritdoc />
    public string? Note { get; private set; }

    /// <inheritdoc />
    public ulong Count { get; private set; }

    /// <summary>Opens a journal.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">It is no journal, or none of this version; the message says what was seen.</exception>
    public static JournalReader Open(string path)
    {
        // Asked before it is opened: a pipe would wait for somebody to write into it.
        var info = new FileInfo(path);
        if ((info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info).Length == 0)
            throw new InvalidDataException($"{path}: the file is empty, or no file but a pipe or device; expected a journal");
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var page = new byte[(int)Math.Min(JournalFormat.MaxHeaderBytes, RandomAccess.GetLength(file))];
            var got = RandomAccess.Read(file, page, 0);
            var start = page.AsSpan(0, got);
            var header = JournalHeader.TryDecode(start, out var reason)
                ?? throw new InvalidDataException($"{path}: {reason}");
            return new JournalReader(path, file, header, start);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public bool Read()
    {
        if (postponedCount != 0)
        {
            Take(in postponed, postponedNote, postponedCount);
            (postponedCount, postponedNote) = (0, null);
            return true;
        }

        while (!ended)
        {
            if (position < segment.Count)
            {
                if (ReadRecord()) return true;
            }
            else if (!ReadSegment())
            {
                ended = true;
                return ReadEnd();
            }
        }

        return false;
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    private bool ReadSegment()
    {
        position = 0;
        if (!segment.Read()) return false;
        damage ??= segment.Damage;
        return true;
    }

    /// <summary>Looks at one record; false if it made no event.</summary>
    private bool ReadRecord()
    {
        var records = segment.Records;
        ref readonly var record = ref records[position];
        if (!RecordCheck.IsWhole(in record))
        {
            if (RecordCheck.IsBlank(in record)) SkipBlank(records);
            else SkipDamaged(records);
            return false;
        }

        position++;
        if (record.Kind == EventKind.Continuation)
        {
            damage ??= Where("continues no note");
            return false;
        }

        var distance = unchecked(record.SourceCount - (uint)(last + 1));
        if (distance >= HalfOfCounts)
        {
            damage ??= Where($"has count {record.SourceCount} behind {last}");
            return false;
        }

        string? note = null;
        if (record.HasNote)
        {
            var taken = NoteContinuation.TryRead(in record, records[position..], out note);
            if (taken == 0)
            {
                if (!SkipTornNote(in record, records)) damage ??= Where("lacks its note");
                return false;
            }

            position += taken;
        }

        return Accept(in record, note, last + 1 + distance);
    }

    /// <summary>Blank records end a segment, unless others follow: then pages of the file never reached the disk.</summary>
    private void SkipBlank(ReadOnlySpan<EventRecord> records)
    {
        var next = MemoryMarshal.AsBytes(records[position..]).IndexOfAnyExcept((byte)0);
        if (next >= 0) damage ??= Where("is blank, and others follow");
        position = next < 0 ? records.Length : position + (next / EventRecord.SizeInBytes);
    }

    /// <summary>
    /// At the tail of a killed recording an event may not have been written to its end: some records of its note, perhaps one that
    /// is torn, then blanks. False if that is not what is there.
    /// </summary>
    private bool SkipTornNote(in EventRecord head, ReadOnlySpan<EventRecord> records)
    {
        var end = position;
        while (end < records.Length && records[end].Kind == EventKind.Continuation && records[end].SourceCount == head.SourceCount
            && RecordCheck.IsWhole(in records[end])) end++;
        if (end < records.Length && (records[end].State & RecordCheck.CommitMark) == 0) end++;
        if (IsComplete || MemoryMarshal.AsBytes(records[end..]).IndexOfAnyExcept((byte)0) >= 0) return false;
        position = end;
        return true;
    }

    /// <summary>A record fails its check. One without commit mark at the very tail was being written: no event yet.</summary>
    private void SkipDamaged(ReadOnlySpan<EventRecord> records)
    {
        var isTail = position + 1 == records.Length || RecordCheck.IsBlank(in records[position + 1]);
        var isCommitted = (records[position].State & RecordCheck.CommitMark) != 0;
        if (isCommitted || !isTail || IsComplete) damage ??= Where("fails its check");
        position++;
    }

    private bool Accept(in EventRecord record, string? note, ulong count)
    {
        var whole = record;
        if (KnownValues.Problem(in record) is { } unknown)
        {
            whole = Loss(1);
            whole.Time = record.Time;
            note = Where(unknown);
        }
        else if (record is { Kind: EventKind.Loss, Actor: Actor.Recorder, Value: null } && lost > 0)
        {
            whole.Value = lost;
        }

        if (count == last + 1 && damage is null)
        {
            Take(in whole, note, count);
            return true;
        }

        var missing = count - (last + 1);
        (postponed, postponedNote, postponedCount) = (whole, note, count);
        TakeLoss(missing == 0 ? null : missing, last + 1);
        return true;
    }

    private bool ReadEnd()
    {
        var isShort = IsComplete && events > last;
        if (IsComplete && events < last && lost == 0) damage ??= $"the end mark counts {events} events, the journal holds {last}";
        if (!isShort && damage is null) return false;
        damage ??= $"the journal ends behind event {last} of {events}";
        TakeLoss(isShort ? events - last : null, last + 1);
        return true;
    }

    private void Take(in EventRecord record, string? note, ulong count)
    {
        current = record;
        Note = note;
        Count = count;
        if (record.Time != EventRecord.UnknownTime) lastTime = record.Time;
        last = count;
    }

    private void TakeLoss(ulong? missing, ulong first)
    {
        current = Loss(missing);
        Note = damage ?? $"events {first} to {first + missing - 1} are missing";
        Count = first;
        damage = null;
    }

    private EventRecord Loss(ulong? missing)
        => new(EventKind.Loss, Actor.Recorder, thread: 0) { Time = lastTime, Value = missing };

    private string Where(string what) => $"record {position} of segment {segment.Index} {what}";
}
