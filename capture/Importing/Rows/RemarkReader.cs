using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Rows;

/// <summary>What whoever imports a file of rows adds to it: in front what he declares, at the end what gave no event.</summary>
internal sealed class RemarkReader(IReadOnlyList<EventRecord> declared, ImportedEvents remarks)
    : ListedReader(new SourceFacts(Name, new ClockFacts("none", 0, OffsetNs: 0, UncertaintyNs: null), [], Events: 0), declared, remarks, isComplete: true), IEventReader
{
    private const string Name = "import";

    /// <inheritdoc />
    public long? Place => IsDeclared ? 0 : long.MaxValue;

    /// <inheritdoc />
    public SourceOrder? OrderWith(string other) => new(Name, other, "exact");
}
