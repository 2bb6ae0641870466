using Tracing.Schemas;

namespace Tracing.Capture.Importing.Rows;

/// <summary>One source of a file of rows, as a first reading found it.</summary>
internal sealed class RowSource(string name)
{
    private readonly SortedSet<string> seen = new(StringComparer.Ordinal);

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>What the file's header says of it, if anything.</summary>
    public SourceFacts? Stated { get; init; }

    /// <summary>The last of its counts.</summary>
    public ulong Count { get; set; }

    /// <summary>Takes note of an event: what there is, can be seen.</summary>
    public void Saw(in EventRecord record) => seen.Add($"{SnakeCase.Of(record.Actor.ToString())}.{SnakeCase.Of(record.Kind.ToString())}");

    /// <summary>Its facts.</summary>
    /// <param name="usual">The clock of a source of which nothing is stated.</param>
    public SourceFacts Facts(ClockFacts usual) => new(name, Stated?.Clock ?? usual, Stated?.Sees ?? [.. seen], Events: 0);
}
