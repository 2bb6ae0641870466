using System.Diagnostics;
using Tracing.Schemas;

namespace Tracing.Journals;

/// <summary>The machine's monotonic clock: for peers and every other recording of something real.</summary>
public readonly struct MonotonicClock : IClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// What a run says of this clock. Processors of one machine agree on it far better than a microsecond; the figure
    /// also covers the time between reading the clock and the recorded access. Its name tells the machine's boot, since
    /// another machine's clock of this kind, a guest's for one, began at another moment.
    /// </summary>
    public static ClockFacts Facts { get; } =
        new(NameOf("/proc/sys/kernel/random/boot_id"), Math.Max(1, NanosecondsPerSecond / Stopwatch.Frequency), OffsetNs: 0, UncertaintyNs: 1000);

    /// <inheritdoc />
    public long Read() => Stopwatch.Frequency == NanosecondsPerSecond
        ? Stopwatch.GetTimestamp()
        : (long)((Int128)Stopwatch.GetTimestamp() * NanosecondsPerSecond / Stopwatch.Frequency);

    private static string NameOf(string bootFile)
    {
        const int LettersOfBoot = 8;
        try
        {
            return $"monotonic of boot {File.ReadAllText(bootFile)[..LettersOfBoot]}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "monotonic";
        }
    }
}
