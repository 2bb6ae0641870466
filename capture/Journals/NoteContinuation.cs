using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>
/// How a note follows its event in a journal. The event's record has the presence bit
/// <see cref="EventRecord.NotePresence"/>; behind it, in the same segment, stand as many records of kind
/// <see cref="EventKind.Continuation"/> as the text needs, with the event's time, count, actor and place:
/// <code>
/// 0 .. 23                          24                                60      64
/// +------------------------------+---------------------------------+-------+
/// | header, kind = continuation  | 36 bytes of UTF-8               | bytes |
/// +------------------------------+---------------------------------+-------+
/// </code>
/// The last field, where other records have their presence mask, counts the bytes that remain, those of this record
/// included. An empty note has one continuation with 0 bytes.
/// </summary>
internal static class NoteContinuation
{
    /// <summary>Bytes of text in one record.</summary>
    public const int BytesPerRecord = 36;

    /// <summary>Notes are names and reasons; a longer text is cut at a letter's border.</summary>
    public const int MaxBytes = 100 * BytesPerRecord;

    private const int TextOffset = 24;

    /// <summary>Encodes a note, cut to <paramref name="destination"/>; ill-formed text gets replacement characters.</summary>
    /// <returns>How many bytes it takes.</returns>
    public static int Encode(ReadOnlySpan<char> note, Span<byte> destination)
    {
        Utf8.FromUtf16(note, destination, out _, out var written, replaceInvalidSequences: true);
        return written;
    }

    /// <summary>How many continuation records a note of <paramref name="bytes"/> bytes takes.</summary>
    public static int RecordsFor(int bytes) => Math.Max(1, (bytes + BytesPerRecord - 1) / BytesPerRecord);

    /// <summary>The continuation of <paramref name="head"/> that carries the first bytes of <paramref name="remaining"/>.</summary>
    public static EventRecord Make(in EventRecord head, ReadOnlySpan<byte> remaining)
    {
        var record = new EventRecord(EventKind.Continuation, head.Actor, head.Thread, head.Device, head.Queue)
        {
            Presence = (uint)remaining.Length,
        };
        remaining[..Math.Min(remaining.Length, BytesPerRecord)].CopyTo(Text(ref record));
        return record;
    }

    /// <summary>
    /// Reads the note of <paramref name="head"/> from the records behind it.
    /// </summary>
    /// <returns>How many records it takes, or 0 if it is not there whole.</returns>
    public static int TryRead(in EventRecord head, ReadOnlySpan<EventRecord> behind, out string? note)
    {
        note = null;
        if (behind.IsEmpty || behind[0].Presence > MaxBytes) return 0;
        var bytes = (int)behind[0].Presence;
        var count = RecordsFor(bytes);
        if (behind.Length < count) return 0;
        Span<byte> text = stackalloc byte[MaxBytes + BytesPerRecord];
        for (var index = 0; index < count; index++)
        {
            var record = behind[index];
            if (record.Kind != EventKind.Continuation || record.SourceCount != head.SourceCount
                || record.Presence != bytes - (index * BytesPerRecord) || !RecordCheck.IsWhole(in record)) return 0;
            Text(ref record).CopyTo(text[(index * BytesPerRecord)..]);
        }

        note = Encoding.UTF8.GetString(text[..bytes]);
        return count;
    }

    private static Span<byte> Text(ref EventRecord record)
        => MemoryMarshal.AsBytes(new Span<EventRecord>(ref record)).Slice(TextOffset, BytesPerRecord);
}
