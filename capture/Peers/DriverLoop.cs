using System.Diagnostics;
using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Peers;

/// <summary>
/// Moves the reference driver's threads on, in turn, on one thread of this process, while a real device works elsewhere.
/// </summary>
public static class DriverLoop
{
    private const int StepsAtOnce = 256;

    /// <summary>Runs the driver to its end.</summary>
    /// <param name="driver">The driver.</param>
    /// <param name="patience">How long to wait while nothing happens.</param>
    /// <param name="look">Called when nothing happens: it throws where there is no way to the device any more.</param>
    /// <param name="token">Ends it early.</param>
    /// <returns>Why it was ended early, or null.</returns>
    public static string? Run(ReferenceDriver driver, TimeSpan patience, Action look, CancellationToken token)
    {
        var threads = driver.Threads.ToList();
        var lastProgress = Stopwatch.GetTimestamp();
        while (threads.Count > 0)
        {
            if (token.IsCancellationRequested) return "interrupted";
            var anything = false;
            for (var index = threads.Count - 1; index >= 0; index--)
            {
                if (Advance(threads[index], ref anything)) continue;
                threads.RemoveAt(index);
                anything = true;
            }

            if (anything)
            {
                lastProgress = Stopwatch.GetTimestamp();
                continue;
            }

            look();
            if (Stopwatch.GetElapsedTime(lastProgress) > patience) return $"nothing happened for {patience.TotalSeconds:0.#} s";
            Thread.Yield();
        }

        return null;
    }

    /// <summary>Some steps of one thread. False = it has ended.</summary>
    private static bool Advance(IEnumerator<Pause> thread, ref bool anything)
    {
        for (var step = 0; step < StepsAtOnce; step++)
        {
            if (!thread.MoveNext()) return false;
            if (thread.Current == Pause.Idle) return true;
            anything = true;
        }

        return true;
    }
}
