using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.NetTrace;

/// <summary>
/// What one source of a trace had, on its way from the process that reads the trace: a file of events, each its count, its
/// record, the length of its note (-1 = none) and the note, and beside it a file that says whose they are.
/// </summary>
internal sealed class SourceSpool : IDisposable
{
    /// <summary>Ending of the file of events.</summary>
    public const string EventsExtension = ".events";

    /// <summary>Ending of the file that says whose they are.</summary>
    public const string SourceExtension = ".source";

    /// <summary>Bytes in front of a note.</summary>
    public const int HeadBytes = sizeof(ulong) + EventRecord.SizeInBytes + sizeof(int);

    /// <summary>The longest note that is passed on.</summary>
    public const int MostNoteBytes = 1 << 16;

    /// <summary>Small, since what stands in it is gone if this process dies.</summary>
    private const int BufferBytes = 4096;

    private readonly FileStream events;
    private readonly string place;

    /// <summary>Begins a source.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public SourceSpool(string folder, int index, SpooledSource source)
    {
        place = Path.Combine(folder, $"{index:d3}");
        Source = source;
        events = new FileStream(place + EventsExtension, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes);
        Tell(source);
    }

    /// <summary>Whose events they are, as far as is known.</summary>
    public SpooledSource Source { get; private set; }

    /// <summary>Adds an event.</summary>
    public void Write(ulong count, in EventRecord record, string? note)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        var text = note is null ? [] : Encoding.UTF8.GetBytes(note);
        if (text.Length > MostNoteBytes) text = text[..MostNoteBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(head, count);
        MemoryMarshal.Write(head[sizeof(ulong)..], in record);
        BinaryPrimitives.WriteInt32LittleEndian(head[^sizeof(int)..], note is null ? -1 : text.Length);
        events.Write(head);
        events.Write(text);
    }

    /// <summary>Says anew whose events they are, if that is new.</summary>
    public void Tell(SpooledSource source)
    {
        if (source == Source && File.Exists(place + SourceExtension)) return;
        Source = source;
        File.WriteAllBytes(place + SourceExtension, JsonSerializer.SerializeToUtf8Bytes(source, SpoolJson.Default.SpooledSource));
    }

    /// <inheritdoc />
    public void Dispose() => events.Dispose();
}
