using System.Text;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>QEMU's trace log: <c>-msg timestamp=on -trace … -D FILE</c>.</summary>
public sealed class QemuTraceFormat : LineFormat
{
    /// <inheritdoc />
    public override string Name => "qemu";

    /// <inheritdoc />
    public override bool Recognises(FileStart start)
        => start.Lines.Any(line => QemuEvents.Find(new QemuLine(Encoding.Latin1.GetBytes(line)).Event) is not null);

    /// <inheritdoc />
    public override ITraceImporter CreateImporter() => new QemuTraceImporter();
}
