using Tracing.Schemas;

namespace Tracing.Analysis.Catalog;

/// <summary>Patterns of what an observer can see: "driver.store", "device.*", "*.loss".</summary>
internal static class SeesPattern
{
    public static IReadOnlyList<string> Actors { get; } = Columns.Of(Column.Actor).Vocabulary!.Names;

    public static IReadOnlyList<string> Events { get; } = Columns.Of(Column.Event).Vocabulary!.Names;

    /// <summary>Whether <paramref name="pattern"/> covers the event of the actor.</summary>
    public static bool Covers(string pattern, string actor, string kind)
    {
        var dot = pattern.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return pattern == "*" || pattern == actor;
        return Matches(pattern.AsSpan(0, dot), actor) && Matches(pattern.AsSpan(dot + 1), kind);

        static bool Matches(ReadOnlySpan<char> word, string name) => word is "*" || word.SequenceEqual(name);
    }

    /// <summary>Whether <paramref name="pattern"/> covers any event that this build knows.</summary>
    public static bool MayCover(string pattern) => pattern == "*" || Actors.Contains(pattern, StringComparer.Ordinal) || Problem(pattern) is null;

    /// <summary>What is wrong with <paramref name="pattern"/>, or null.</summary>
    public static string? Problem(string pattern)
    {
        var dot = pattern.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return $"'{pattern}' is not of the form actor.event";
        var (actor, kind) = (pattern[..dot], pattern[(dot + 1)..]);
        if (actor != "*" && !Actors.Contains(actor, StringComparer.Ordinal)) return $"'{actor}' in '{pattern}' is no actor";
        if (kind != "*" && !Events.Contains(kind, StringComparer.Ordinal)) return $"'{kind}' in '{pattern}' is no kind of event";
        return null;
    }
}
