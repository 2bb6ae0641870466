namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Steps in another order than the proper one.</summary>
internal static class Steps
{
    /// <summary>All but one.</summary>
    public static IReadOnlyList<T> Without<T>(IReadOnlyList<T> steps, T step)
        where T : struct, Enum
        => [.. steps.Where(candidate => !candidate.Equals(step))];

    /// <summary>One of them moved right before another.</summary>
    public static IReadOnlyList<T> MoveBefore<T>(IReadOnlyList<T> steps, T step, T other)
        where T : struct, Enum
        => [.. Without(steps, step).SelectMany(at => at.Equals(other) ? [step, other] : (T[])[at])];

    /// <summary>One of them moved right behind another.</summary>
    public static IReadOnlyList<T> MoveBehind<T>(IReadOnlyList<T> steps, T step, T other)
        where T : struct, Enum
        => [.. Without(steps, step).SelectMany(at => at.Equals(other) ? [other, step] : (T[])[at])];
}
