using Tracing.Schemas;

namespace Tracing.Capture.Importing.Rows;

/// <summary>A form of text in which a line is an event, by the published column names.</summary>
public interface IRowForm
{
    /// <summary>Whether the line says nothing.</summary>
    bool IsBlank(ReadOnlySpan<byte> line);

    /// <summary>What the line says of the run, as <see cref="RunHeader"/> reads it; null if it is no such line.</summary>
    string? HeaderOf(ReadOnlySpan<byte> line);

    /// <summary>The source whose event the line is, as far as it takes no understanding of the rest; null if it is nobody's.</summary>
    string? SourceOf(ReadOnlySpan<byte> line);

    /// <summary>Reads an event. What was understood of one that cannot be read stands in the row.</summary>
    /// <param name="line">The line.</param>
    /// <param name="row">The event.</param>
    /// <param name="problem">Why it is none.</param>
    /// <param name="unknown">Names of members that are no columns; the event is one without them.</param>
    bool TryRead(ReadOnlySpan<byte> line, out EventRow row, out string? problem, out IReadOnlyList<string> unknown);
}
