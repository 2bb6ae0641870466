using Tracing.Schemas;

namespace Tracing.Analysis.Catalog;

/// <summary>What an example shows.</summary>
public enum Expectation
{
    /// <summary>The rule holds on something.</summary>
    Holds,

    /// <summary>The rule is violated.</summary>
    Violated,

    /// <summary>There is nothing to judge.</summary>
    Vacuous,

    /// <summary>It cannot be known.</summary>
    Inconclusive,
}

/// <summary>An executable example of a rule: a short run in event text, and what the rule says of it.</summary>
public sealed record Example
{
    /// <summary>What it shows.</summary>
    public required Expectation Expectation { get; init; }

    /// <summary>A few words, or empty.</summary>
    public required string Title { get; init; }

    /// <summary>The sequences of the violated things, where the title names them; empty = any.</summary>
    public IReadOnlyList<ulong> Anchors { get; init; } = [];

    /// <summary>The preamble that stands before the events, or null.</summary>
    public string? Given { get; init; }

    /// <summary>The profile to judge by, or null for the default.</summary>
    public string? Profile { get; init; }

    /// <summary>The exemption variant, or null for the profile's.</summary>
    public string? Exemption { get; init; }

    /// <summary>How far order between sources may be trusted.</summary>
    public string Order { get; init; } = "exact";

    /// <summary>Features that whoever recorded declares to be in force.</summary>
    public IReadOnlyList<string> Assumes { get; init; } = [];

    /// <summary>What the sources could see.</summary>
    public IReadOnlyList<string> Sees { get; init; } = ["*.*"];

    /// <summary>The events, without those of the preamble; sequences may be missing.</summary>
    public required IReadOnlyList<EventRow> Events { get; init; }

    /// <summary>The line of its title in the rule's file.</summary>
    public required int Line { get; init; }
}
