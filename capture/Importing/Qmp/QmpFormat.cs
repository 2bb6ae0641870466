using System.Text.Json;
using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Qmp;

/// <summary>
/// What QEMU answers to x-query-virtio and its like over QMP: the state of its devices at one moment. Either the conversation
/// as it was, or one object that has the answers by name.
/// </summary>
public sealed class QmpFormat : IImportFormat
{
    private const int MostDepth = 32;
    private static readonly string[] signs = ["\"QMP\"", "x-query-virtio", "\"guest-features\"", "\"vring-desc\""];

    /// <inheritdoc />
    public string Name => "qmp";

    /// <inheritdoc />
    public bool Recognises(FileStart start) => start.Lines.Any(line => signs.Any(sign => line.Contains(sign, StringComparison.Ordinal)));

    /// <inheritdoc />
    public IReadOnlyList<IEventReader> Open(string path, IReadOnlyList<EventRecord> declared)
    {
        var events = new ImportedEvents();
        var answers = new QmpAnswers(events);
        using var values = new JsonValues(LineSource.OpenUnpacked(path, out _));
        while (values.TryRead(out var text)) Take(text, answers, events);
        if (answers.Devices.Count == 0) throw new IOException("there is no answer of QEMU's about a virtio device");
        foreach (var (device, number) in answers.Devices.Select((device, index) => (device, (ushort)index))) new QmpSnapshot(events, number, device).Tell();
        if (values.TooLong > 0) events.PointOut($"{values.TooLong} objects have more than {JsonValues.MostBytes} bytes", []);
        events.Conclude(values.Damage);
        var source = new SourceFacts("qmp", new ClockFacts("none", 0, OffsetNs: 0, UncertaintyNs: null), ["recorder.snapshot"], Events: 0);
        return [new ListedReader(source, declared, events, values.Damage is null)];
    }

    private static void Take(ReadOnlyMemory<byte> text, QmpAnswers answers, ImportedEvents events)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MostDepth });
            answers.Take(document.RootElement, text.Span);
        }
        catch (JsonException)
        {
            events.PassOver("it is no JSON", text.Span);
        }
    }
}
