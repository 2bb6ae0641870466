using System.Text;

namespace Tracing.Capture.Importing.Qtest;

/// <summary>QEMU's log of a qtest conversation: <c>-qtest-log FILE</c>.</summary>
public sealed class QtestFormat : LineFormat
{
    /// <inheritdoc />
    public override string Name => "qtest";

    /// <inheritdoc />
    public override bool Recognises(FileStart start) => start.Lines.Any(line => new QtestLine(Encoding.Latin1.GetBytes(line)).Kind != 0);

    /// <inheritdoc />
    public override ITraceImporter CreateImporter() => new QtestImporter();
}
