using Tracing.Analysis.Catalog;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>How a run is judged: its facts, the profile, what the user overrides.</summary>
/// <param name="Facts">What the run says of itself.</param>
/// <param name="Profile">The profile that applies.</param>
/// <param name="Exemption">The exemption variant that applies.</param>
internal sealed record RunContext(RunFacts Facts, Profile Profile, string Exemption)
{
    /// <summary>The patterns of all sources, each once: there may be very many, and rules ask very often.</summary>
    private readonly string[] patterns = [.. Facts.Sources.SelectMany(source => source.Sees).Where(SeesPattern.MayCover).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether any source can see the event of the actor ("driver.store").</summary>
    public bool Sees(string actorEvent)
    {
        var dot = actorEvent.IndexOf('.', StringComparison.Ordinal);
        var (actor, kind) = (actorEvent[..dot], actorEvent[(dot + 1)..]);
        var actors = actor == "*" ? SeesPattern.Actors : [actor];
        var kinds = kind == "*" ? SeesPattern.Events : [kind];
        return patterns.Any(pattern => actors.Any(one => kinds.Any(other => SeesPattern.Covers(pattern, one, other))));
    }

    /// <summary>The first thing that <paramref name="rule"/> needs and nobody saw, or null.</summary>
    public Need? MissingNeed(Rule rule) => rule.Needs.FirstOrDefault(need => !need.Alternatives.Any(Sees));
}
