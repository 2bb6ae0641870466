using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.NetTrace;

/// <summary>Reads what <see cref="SourceSpool"/> wrote. The process that wrote it read hostile bytes: nothing of it is believed.</summary>
internal sealed class SpoolReader : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly FileStream events;
    private readonly byte[] head = new byte[SourceSpool.HeadBytes];
    private EventRecord current;

    private SpoolReader(FileStream events, SpooledSource source) => (this.events, Source) = (events, source);

    /// <summary>Whose events they are.</summary>
    public SpooledSource Source { get; }

    /// <summary>The event; every number in it has a name.</summary>
    public ref readonly EventRecord Current => ref current;

    /// <summary>Its place in the source's count.</summary>
    public ulong Count { get; private set; }

    /// <summary>Its note.</summary>
    public string? Note { get; private set; }

    /// <summary>Opens what a folder holds, in the order in which it was met. The files may be deleted then.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<SpoolReader> OpenAll(string folder)
    {
        var readers = new List<SpoolReader>();
        foreach (var file in Directory.EnumerateFiles(folder, "*" + SourceSpool.EventsExtension).Order(StringComparer.Ordinal))
        {
            // A reader that died may leave a torn one.
            if (TrySource(Path.ChangeExtension(file, SourceSpool.SourceExtension)) is not { Name.Length: > 0 } source) continue;
            readers.Add(new SpoolReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes), source));
        }

        return readers;
    }

    /// <summary>Goes to the next event that can be believed; false at the end. What is passed over is a hole in the counts.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool Read()
    {
        while (events.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length)
        {
            Count = BinaryPrimitives.ReadUInt64LittleEndian(head);
            current = MemoryMarshal.Read<EventRecord>(head.AsSpan(sizeof(ulong)));
            var bytes = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(head.Length - sizeof(int)));
            if (bytes > SourceSpool.MostNoteBytes || !TryReadNote(bytes)) return false;
            current.HasNote = Note is not null;
            if (KnownValues.Problem(in current) is null && current.Kind != EventKind.Continuation) return true;
        }

        return false;
    }

    /// <inheritdoc />
    public void Dispose() => events.Dispose();

    private bool TryReadNote(int bytes)
    {
        Note = null;
        if (bytes < 0) return true;
        var text = new byte[bytes];
        if (events.ReadAtLeast(text, bytes, throwOnEndOfStream: false) < bytes) return false;
        Note = Encoding.UTF8.GetString(text);
        return true;
    }

    private static SpooledSource? TrySource(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), SpoolJson.Default.SpooledSource);
        }
        catch (Exception exception) when (exception is JsonException or FileNotFoundException)
        {
            return null;
        }
    }
}
