using System.Globalization;

namespace Tracing.Tests;

/// <summary>
/// How much the seeded tests do, from one place. The defaults suit a quick run; a full run sets
/// <c>TRACING_SEEDS=50 TRACING_MUTATION_SECONDS=600 TRACING_BIT_FLIPS=200 TRACING_KILLS=20
/// TRACING_THREAD_RUNS=10</c>.
/// </summary>
internal static class TestScale
{
    /// <summary>How many seeds each seeded test tries.</summary>
    public static int Seeds { get; } = Read("TRACING_SEEDS", 3);

    /// <summary>How long a mutation test goes on, in seconds.</summary>
    public static int MutationSeconds { get; } = Read("TRACING_MUTATION_SECONDS", 20);

    /// <summary>How many bits of a recorded file are flipped, one at a time.</summary>
    public static int BitFlips { get; } = Read("TRACING_BIT_FLIPS", 40);

    /// <summary>At how many moments a recording is killed.</summary>
    public static int Kills { get; } = Read("TRACING_KILLS", 3);

    /// <summary>How often a program with real threads runs; more than once, each run is ten times as long.</summary>
    public static int ThreadRuns { get; } = Read("TRACING_THREAD_RUNS", 1);

    private static int Read(string name, int fallback)
        => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : fallback;
}
