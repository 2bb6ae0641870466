using System.Text.Json.Serialization;
using Tracing.Analysis.Checking;
using Tracing.Analysis.Findings;

namespace Tracing.Analysis.Outside;

/// <summary>What the child process is to do; it reads this from the first line of its standard input.</summary>
internal sealed record OutsideRequest
{
    /// <summary>The files of one run.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The profile to judge by; null = the run's.</summary>
    public string? Profile { get; init; }

    /// <summary>The exemption variant; null = the profile's.</summary>
    public string? Exemption { get; init; }

    /// <summary>Where rules from outside lie.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>The rule to judge; null = a query.</summary>
    public string? Rule { get; init; }

    /// <summary>The query to run.</summary>
    public string? Query { get; init; }

    /// <summary>What its instance of DuckDB may use. The child cannot tell: what it sees of the machine is its own limit.</summary>
    public int MemoryMegabytes { get; init; } = DatabaseLimits.Outside.MemoryMegabytes;

    /// <summary>How to print the query's rows.</summary>
    public string Format { get; init; } = "table";
}

/// <summary>How the child process ends: what it did, or how far it came.</summary>
internal static class OutsideExit
{
    /// <summary>The answer stands on standard output.</summary>
    public const int Done = 0;

    /// <summary>The text was refused before it ran; the reason stands on standard error, here and below.</summary>
    public const int Refused = 2;

    /// <summary>The text failed while it ran.</summary>
    public const int Failed = 3;

    /// <summary>The run cannot be read.</summary>
    public const int Input = 4;
}

/// <summary>How requests and answers become JSON.</summary>
[JsonSerializable(typeof(OutsideRequest))]
[JsonSerializable(typeof(Judgement))]
internal sealed partial class OutsideJson : JsonSerializerContext;
