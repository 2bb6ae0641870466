using System.Text;

namespace Tracing.Capture.Importing.VhostUser;

/// <summary>A vhost-user conversation as a decoder of system calls writes it down: a line for each message, and what it carries below.</summary>
public sealed class VhostTextFormat : LineFormat
{
    /// <inheritdoc />
    public override string Name => "vhost-user";

    /// <inheritdoc />
    public override bool Recognises(FileStart start)
        => start.Lines.Any(line => new VhostTextLine(Encoding.Latin1.GetBytes(line)) is { IsMessage: true, Request: not null });

    /// <inheritdoc />
    public override ITraceImporter CreateImporter() => new VhostTextImporter();
}
