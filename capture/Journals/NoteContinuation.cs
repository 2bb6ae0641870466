using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>How a note follows its event in a journal; see <see cref="JournalFormat"/>.</summary>
internal static class NoteContinuation
{
    /// <summary>Encodes a note, cut to <paramref name="destination"/>; ill-formed text gets replacement characters.</summary>
    /// <returns>How many bytes it takes.</returns>
    public static int Encode(ReadOnlySpan<char> note, Span<byte> destination)
    {
        Utf8.FromUtf16(note, destination, out _, out var written, replaceInvalidSequences: true);
        return written;
    }

    /// <summary>How many continuation records a note of <paramref name="bytes"/> bytes takes.</summary>
    public static int RecordsFor(int bytes) => Math.Max(1, (bytes + JournalFormat.NoteBytesPerRecord - 1) / JournalFormat.NoteBytesPerRecord);

    /// <summary>The continuation of <paramref name="head"/> that carries the first bytes of <paramref name="remaining"/>.</summary>
    public static EventRecord Make(in EventRecord head, ReadOnlySpan<byte> remaining)
    {
        var record = new EventRecord(EventKind.Continuation, head.Actor, head.Thread, head.Device, head.Queue)
        {
            Presence = (uint)remaining.Length,
        };
        remaining[..Math.Min(remaining.Length, JournalFormat.NoteBytesPerRecord)].CopyTo(Text(ref record));
        return record;
    }

    /// <summary>
    /// Reads the note of <paramref name="head"/> from the records behind it.
    /// </summary>
    /// <returns>How many records it takes, or 0 if it is not there whole.</returns>
    public static int TryRead(in EventRecord head, ReadOnlySpan<EventRecord> behind, out string? note)
    {
        note = null;
        if (behind.IsEmpty || behind[0].Presence > JournalFormat.MaxNoteBytes) return 0;
        var bytes = (int)behind[0].Presence;
        var count = RecordsFor(bytes);
        if (behind.Length < count) return 0;
        Span<byte> text = stackalloc byte[JournalFormat.MaxNoteBytes + JournalFormat.NoteBytesPerRecord];
        for (var index = 0; index < count; index++)
        {
            var record = behind[index];
            if (record.Kind != EventKind.Continuation || record.SourceCount != head.SourceCount
                || record.Presence != bytes - (index * JournalFormat.NoteBytesPerRecord) || !RecordCheck.IsWhole(in record)) return 0;
            Text(ref record).CopyTo(text[(index * JournalFormat.NoteBytesPerRecord)..]);
        }

        note = Encoding.UTF8.GetString(text[..bytes]);
        return count;
    }

    private static Span<byte> Text(ref EventRecord record)
        => MemoryMarshal.AsBytes(new Span<EventRecord>(ref record)).Slice(JournalFormat.NoteTextOffset, JournalFormat.NoteBytesPerRecord);
}
