using System.Text;
using Tracing.Capture.Importing.Rows;

namespace Tracing.Capture.Importing.JsonLines;

/// <summary>JSON lines with the published column names.</summary>
public sealed class JsonLinesFormat : RowFormat
{
    /// <inheritdoc />
    public override string Name => "jsonl";

    /// <inheritdoc />
    public override bool Recognises(FileStart start)
    {
        var form = new JsonLinesForm();
        return start.Lines.Select(Encoding.Latin1.GetBytes).Any(line => form.TryRead(line, out var row, out _, out _) && row.Kind is not null);
    }

    /// <inheritdoc />
    protected override IRowForm CreateForm() => new JsonLinesForm();
}
