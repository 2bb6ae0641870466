using System.Text;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>Text of Linux' ftrace: the tracefs file <c>trace</c>, or what <c>trace-cmd report</c> prints.</summary>
public sealed class FtraceFormat : LineFormat
{
    /// <inheritdoc />
    public override string Name => "ftrace";

    /// <inheritdoc />
    public override bool Recognises(FileStart start)
        => start.Lines.Any(line => line.StartsWith("# tracer: ", StringComparison.Ordinal)
            || FtraceLine.TryParse(Encoding.Latin1.GetBytes(line), out _));

    /// <inheritdoc />
    public override ITraceImporter CreateImporter() => new FtraceImporter();
}
