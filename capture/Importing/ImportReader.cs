using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Importing;

/// <summary>The events of one file, as an importer makes them while it is read.</summary>
public sealed class ImportReader(LineSource lines, ITraceImporter importer, IReadOnlyList<EventRecord> declared) : IEventReader
{
    private const string RegionMapped = "platform.region_mapped";

    private readonly ImportedEvents events = new();
    private EventRecord current;
    private int declarations;
    private bool concluded;

    /// <inheritdoc />
    public SourceFacts Source => WithDeclared(concluded ? importer.Shows : importer.MayShow);

    /// <inheritdoc />
    public bool IsComplete => lines.Damage is null;

    /// <inheritdoc />
    public ref readonly EventRecord Current => ref current;

    /// <inheritdoc />
    public string? Note { get; private set; }

    /// <inheritdoc />
    public ulong Count { get; private set; }

    /// <inheritdoc />
    public bool Read()
    {
        Count++;
        Note = null;
        if (declarations < declared.Count)
        {
            current = declared[declarations++];
            return true;
        }

        while (!TryTake())
        {
            if (concluded) return false;
            if (lines.TryRead(out var line))
            {
                if (lines.IsTorn) importer.TakeTorn(line, events);
                else importer.Take(line, events);
                continue;
            }

            importer.Conclude(events);
            events.Conclude(lines.Damage);
            concluded = true;
        }

        return true;
    }

    /// <inheritdoc />
    public void Dispose() => lines.Dispose();

    /// <summary>Whoever declares a region has seen to it that it is seen.</summary>
    private SourceFacts WithDeclared(SourceFacts facts)
        => declared.Count == 0 ? facts : facts with { Sees = [.. facts.Sees.Append(RegionMapped).Distinct(StringComparer.Ordinal)] };

    private bool TryTake()
    {
        if (!events.TryTake(out current, out var note)) return false;
        Note = note;
        current.HasNote = note is not null;
        return true;
    }
}
