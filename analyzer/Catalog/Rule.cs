namespace Tracing.Analysis.Catalog;

/// <summary>How much a rule weighs.</summary>
public enum Level
{
    /// <summary>Worth a look; no clause says so in as many words.</summary>
    Lint,

    /// <summary>The specification recommends it.</summary>
    Should,

    /// <summary>The specification demands it, or it follows from what it demands.</summary>
    Must,
}

/// <summary>Whom a rule binds.</summary>
public enum Side
{
    /// <summary>The virtio driver.</summary>
    Driver,

    /// <summary>The virtio device.</summary>
    Device,

    /// <summary>What stands between them.</summary>
    Platform,
}

/// <summary>A rule: one file under queries/invariants, or one of the user's.</summary>
public sealed record Rule
{
    /// <summary>Its name, which is its file's too.</summary>
    public required string Id { get; init; }

    /// <summary>What must hold, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>How much it weighs.</summary>
    public required Level Level { get; init; }

    /// <summary>Whom it binds.</summary>
    public required Side Side { get; init; }

    /// <summary>The clause, in the specification's own numbering.</summary>
    public required string Spec { get; init; }

    /// <summary>The row of the catalogue of checkable statements.</summary>
    public required string Row { get; init; }

    /// <summary>Rows that only repeat this one.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    /// <summary>The profiles under which it applies; empty = all.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Whether it judges exactly; otherwise it guesses well.</summary>
    public required bool IsExact { get; init; }

    /// <summary>Whether a clause says so; otherwise it follows from clauses.</summary>
    public required bool IsNormative { get; init; }

    /// <summary>What the recording must be able to see: all of these, each in one of its alternatives.</summary>
    public IReadOnlyList<Need> Needs { get; init; } = [];

    /// <summary>The views that its body reads, by name.</summary>
    public IReadOnlyList<string> Uses { get; init; } = [];

    /// <summary>What a finding says, with {column} placeholders.</summary>
    public required string Message { get; init; }

    /// <summary>What is judged, in the plural: "descriptors".</summary>
    public required string Judges { get; init; }

    /// <summary>Why, likely causes, what to look at: title and text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Prose { get; init; } = [];

    /// <summary>The executable examples; read from the file when first asked for, since judging needs none.</summary>
    /// <exception cref="CatalogException">An example is not what it must be.</exception>
    public IReadOnlyList<Example> Examples => ExampleSource.Value;

    internal Lazy<IReadOnlyList<Example>> ExampleSource { get; init; } = new(() => []);

    /// <summary>The SELECT: one row for each thing judged.</summary>
    public required string Body { get; init; }

    /// <summary>Where it stands.</summary>
    public required string File { get; init; }

    /// <summary>The folder that it stands in: "swiotlb", "ordering", …</summary>
    public required string Area { get; init; }

    /// <summary>Whether it came from outside: then its body runs in a process of its own.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Whether it applies under <paramref name="profile"/>.</summary>
    public bool AppliesTo(Profile profile) => Profiles.Count == 0 || Profiles.Contains(profile.Name, StringComparer.Ordinal);
}

/// <summary>One thing that a recording must be able to see.</summary>
/// <param name="Alternatives">Each "actor.event"; one of them is enough.</param>
public sealed record Need(IReadOnlyList<string> Alternatives)
{
    /// <inheritdoc/>
    public override string ToString() => string.Join(" or ", Alternatives);
}
