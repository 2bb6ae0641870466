using Tracing.Capture.Importing.Rows;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Text;

/// <summary>Events in text form: what <c>analyzer show</c> prints, what rule examples hold, what anybody may write by hand.</summary>
public sealed class EventTextFormat : RowFormat
{
    /// <inheritdoc />
    public override string Name => "text";

    /// <inheritdoc />
    public override bool Recognises(FileStart start) => start.Lines.Any(line => !EventText.IsBlankOrComment(line) && EventText.TryParse(line, out _, out _));

    /// <inheritdoc />
    protected override IRowForm CreateForm() => new EventTextForm();
}
