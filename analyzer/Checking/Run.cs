using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>A run as it lies in files: one file for each part.</summary>
internal sealed record Run(IReadOnlyList<RunPart> Parts)
{
    /// <summary>What the run says of itself; its parts agree, or the first one speaks.</summary>
    public RunFacts Facts => Parts[0].Facts with
    {
        Complete = Parts[^1].Facts.Complete,
        Sources = [.. Parts.SelectMany(part => part.Facts.Sources).GroupBy(source => source.Name, StringComparer.Ordinal)
            .Select(same => same.First() with { Events = same.Aggregate(0UL, (sum, source) => unchecked(sum + source.Events)) })],
        SourceOrder = [.. Parts.SelectMany(part => part.Facts.SourceOrder).DistinctBy(order => (order.First, order.Second))],
        Assumes = [.. Parts.SelectMany(part => part.Facts.Assumes).Distinct(StringComparer.Ordinal)],
    };

    /// <summary>The files, in the order of the parts.</summary>
    public IReadOnlyList<string> Files => [.. Parts.Select(part => part.File)];

    /// <summary>The parts that are there.</summary>
    public IReadOnlyList<int> PartNumbers => [.. Parts.Select(part => part.Facts.Part)];

    /// <summary>Groups files into runs: parts of a run belong together, everything else stays apart.</summary>
    /// <exception cref="InputException">Two files claim to be the same part, or a part contradicts the others.</exception>
    public static IReadOnlyList<Run> Group(IEnumerable<RunPart> parts)
    {
        var runs = new List<Run>();
        foreach (var group in parts.GroupBy(part => part.Facts.Parts > 1 && part.Facts.RunId.Length > 0 ? part.Facts.RunId : part.File, StringComparer.Ordinal))
        {
            var ordered = group.OrderBy(part => part.Facts.Part).ToList();
            for (var index = 1; index < ordered.Count; index++)
            {
                var (before, part) = (ordered[index - 1], ordered[index]);
                if (before.Facts.Part == part.Facts.Part)
                    throw new InputException($"{part.File}: part {part.Facts.Part} of the run is there twice: {before.File} is it, too");
                if (before.Facts.Parts != part.Facts.Parts)
                    throw new InputException($"{part.File}: it says that the run has {part.Facts.Parts} parts, {before.File} says {before.Facts.Parts}");
            }

            runs.Add(new Run(ordered));
        }

        return runs;
    }
}

/// <summary>One file of a run.</summary>
/// <param name="File">The file, as the user named it.</param>
/// <param name="Facts">Its metadata.</param>
/// <param name="Rows">How many events it holds.</param>
internal sealed record RunPart(string File, RunFacts Facts, ulong Rows);
