using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracing.Schemas;

/// <summary>What a run's file says of itself, in the key-value metadata of its Parquet file under <see cref="KeyPrefix"/>.</summary>
public sealed record RunFacts
{
    /// <summary>Prefix of every metadata key.</summary>
    public const string KeyPrefix = "virtio_trace.";

    /// <summary>The version that this build writes; see docs/decisions on versioning.</summary>
    public static readonly Version CurrentSchema = new(1, 0);

    /// <summary>Schema version, "major.minor".</summary>
    public string SchemaVersion { get; init; } = CurrentSchema.ToString(2);

    /// <summary>UUID of the run; its parts share it.</summary>
    public string RunId { get; init; } = "";

    /// <summary>This part, from 1.</summary>
    public int Part { get; init; } = 1;

    /// <summary>How many parts there are.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Program and version that made the file.</summary>
    public string Producer { get; init; } = "";

    /// <summary>The command that made it.</summary>
    public string? CommandLine { get; init; }

    /// <summary>Seed of a simulated run.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The profile that the producer means: which proposal's bit 27, which region source.</summary>
    public string Profile { get; init; } = "swiotlb-rfc1";

    /// <summary>Features that whoever recorded declares to be in force, such as ORDER_PLATFORM.</summary>
    public IReadOnlyList<string> Assumes { get; init; } = [];

    /// <summary>Whether the recording came to its end: a killed one did not.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>The observers.</summary>
    public IReadOnlyList<SourceFacts> Sources { get; init; } = [];

    /// <summary>How far the order between two sources may be trusted; one entry per pair.</summary>
    public IReadOnlyList<SourceOrder> SourceOrder { get; init; } = [];

    /// <summary>Checks of the rows. Null in files of producers that have none.</summary>
    public Integrity? Integrity { get; init; }

    /// <summary>The <see cref="FileChecksum"/> of the file. Null in files of producers that have none.</summary>
    public string? Checksum { get; init; }

    /// <summary>What was really done: for tests, never for rules.</summary>
    public GroundTruth? GroundTruth { get; init; }

    /// <summary>Whether a newer minor version of the schema wrote it, which may hold names that this build does not know.</summary>
    public bool IsOfNewerSchema() => Version.TryParse(SchemaVersion, out var version) && version.Minor > CurrentSchema.Minor;

    /// <summary>The metadata keys and values of these facts.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata()
    {
        var document = JsonSerializer.SerializeToElement(this, RunFactsJson.Default.RunFacts);
        return document.EnumerateObject()
            .Where(property => property.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(
                property => KeyPrefix + property.Name,
                property => property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString()! : property.Value.GetRawText(),
                StringComparer.Ordinal);
    }

    /// <summary>Reads metadata; on failure <paramref name="reason"/> says which key is wrong. Unknown keys are left alone.</summary>
    public static bool TryParse(IReadOnlyDictionary<string, string> metadata, out RunFacts facts, out string? reason)
    {
        facts = new RunFacts();
        if (!metadata.TryGetValue(KeyPrefix + "schema_version", out var version))
        {
            reason = $"the metadata key {KeyPrefix}schema_version is missing: not a virtio trace";
            return false;
        }

        if (!Version.TryParse(version, out var parsed))
        {
            reason = $"schema version '{version}' is not of the form major.minor";
            return false;
        }

        if (parsed.Major != CurrentSchema.Major)
        {
            reason = $"schema version {version}; this program reads {CurrentSchema.Major}.x: "
                + (parsed.Major > CurrentSchema.Major ? "use a newer analyzer" : "record again, or use an older analyzer");
            return false;
        }

        // Keys that are not there have their defaults, which the deserializer would replace by zero and null.
        var stated = new Dictionary<string, string>(new RunFacts().ToMetadata(), StringComparer.Ordinal);
        foreach (var (key, value) in metadata) stated[key] = value;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (key, value) in stated)
            {
                if (!key.StartsWith(KeyPrefix, StringComparison.Ordinal)) continue;
                var name = key[KeyPrefix.Length..];
                if (!RunFactsKeys.IsKnown(name)) continue;
                writer.WritePropertyName(name);
                if (RunFactsKeys.IsText(name))
                {
                    writer.WriteStringValue(value);
                    continue;
                }

                try
                {
                    writer.WriteRawValue(value);
                }
                catch (Exception exception) when (exception is JsonException or ArgumentException)
                {
                    // The writer calls an empty text, and one that is too long, a wrong argument.
                    reason = $"metadata key {key} is not JSON";
                    return false;
                }
            }

            writer.WriteEndObject();
        }

        try
        {
            facts = JsonSerializer.Deserialize(buffer.ToArray(), RunFactsJson.Default.RunFacts) ?? facts;
            reason = null;
            return true;
        }
        catch (JsonException exception)
        {
            reason = $"metadata does not fit the schema at {exception.Path}";
            return false;
        }
    }
}

/// <summary>One observer: its clock and what it can see.</summary>
/// <param name="Name">The value of the source column.</param>
/// <param name="Clock">The clock of its times.</param>
/// <param name="Sees">What it can see, as "actor.event" with * for any: "driver.*", "device.dma_read". What no source sees, no rule may conclude from.</param>
/// <param name="Events">How many events it wrote.</param>
public sealed record SourceFacts(string Name, ClockFacts Clock, IReadOnlyList<string> Sees, ulong Events);

/// <summary>A source's clock.</summary>
/// <param name="Name">What clock it is: "virtual", "realtime", "monotonic of boot …". Equal names mean the same clock.</param>
/// <param name="ResolutionNs">Its step, in nanoseconds.</param>
/// <param name="OffsetNs">Added to its times to get the run's clock.</param>
/// <param name="UncertaintyNs">How wrong that may be; null if unknown.</param>
public sealed record ClockFacts(string Name, long ResolutionNs, long OffsetNs, long? UncertaintyNs);

/// <summary>How far sequence may be trusted between two sources.</summary>
/// <param name="First">One source.</param>
/// <param name="Second">The other.</param>
/// <param name="Order">"exact" (one thread made both), "causal" (hand-overs and reads-from are respected), "time" (within uncertainty), "none".</param>
/// <param name="UncertaintyNs">For "time": by how much.</param>
public sealed record SourceOrder(string First, string Second, string Order, long? UncertaintyNs = null);

/// <summary>What was really done to make a run. Rules and views never read it.</summary>
/// <param name="Scenario">Name of the scenario.</param>
/// <param name="Faults">The faults, as given on the command line.</param>
/// <param name="Parameters">The scenario's parameters.</param>
public sealed record GroundTruth(string Scenario, IReadOnlyList<string> Faults, IReadOnlyDictionary<string, string> Parameters);

/// <summary>
/// Checks over all rows. A flipped bit in a Parquet file often reads without complaint; it does not get past these.
/// </summary>
/// <param name="Rows">Row count.</param>
/// <param name="Columns">By column name.</param>
public sealed record Integrity(ulong Rows, IReadOnlyDictionary<string, ColumnIntegrity> Columns);

/// <summary>The checks of one column.</summary>
/// <param name="NonNull">How many values are not null.</param>
/// <param name="Sum">Exact sum of a numeric column (booleans count 1 for true), as decimal text of up to 128 bits; for a text column the sum of <see cref="TextHash"/>.</param>
/// <param name="Values">For an enumeration column: how often each value occurs.</param>
public sealed record ColumnIntegrity(ulong NonNull, string? Sum = null, IReadOnlyDictionary<string, ulong>? Values = null);

/// <summary>How facts become JSON: snake case, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunFacts))]
internal sealed partial class RunFactsJson : JsonSerializerContext;

/// <summary>The metadata keys, without prefix, as <see cref="RunFacts"/> declares them.</summary>
internal static class RunFactsKeys
{
    private static readonly Dictionary<string, bool> isTextByName = RunFactsJson.Default.RunFacts.Properties
        .ToDictionary(property => property.Name, property => property.PropertyType == typeof(string), StringComparer.Ordinal);

    public static bool IsKnown(string name) => isTextByName.ContainsKey(name);

    public static bool IsText(string name) => isTextByName[name];
}
