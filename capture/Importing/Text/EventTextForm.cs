using System.Text;
using Tracing.Capture.Importing.Rows;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Text;

/// <summary>The text form of an event, as <see cref="EventText"/> has it. What the run says of itself is a comment: <c>; virtio_trace {…}</c>.</summary>
internal sealed class EventTextForm : IRowForm
{
    private static readonly byte[] header = Encoding.ASCII.GetBytes(RunHeader.Name + " ");

    /// <inheritdoc />
    public bool IsBlank(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8) is [] or [(byte)';', ..] && HeaderOf(line) is null;

    /// <inheritdoc />
    public string? HeaderOf(ReadOnlySpan<byte> line)
    {
        if (line.TrimStart(" \t"u8) is not [(byte)';', .. var comment]) return null;
        comment = comment.TrimStart(" \t"u8);
        return comment.StartsWith(header) ? Encoding.UTF8.GetString(comment[header.Length..]) : null;
    }

    /// <inheritdoc />
    public string? SourceOf(ReadOnlySpan<byte> line) => SourceName.Checked(EventText.SourceOf(Encoding.UTF8.GetString(line)));

    /// <inheritdoc />
    public bool TryRead(ReadOnlySpan<byte> line, out EventRow row, out string? problem, out IReadOnlyList<string> unknown)
    {
        unknown = [];
        return EventText.TryParse(Encoding.UTF8.GetString(line), out row, out problem);
    }
}
