using System.Diagnostics;
using System.Globalization;

namespace Tracing.Benchmarks;

/// <summary>
/// What one event costs a C program that records by schemas/virtio_trace.h, beside a C# program's of the same run and beside
/// LTTng-UST, where its packages are there (liblttng-ust-dev, lttng-tools). It needs gcc.
/// </summary>
internal static class HeaderCost
{
    private const int Events = 2_000_000;
    private static readonly string sources = Path.Combine(AppContext.BaseDirectory, "Native");

    public static IEnumerable<Row> Measure()
    {
        using var workshop = new Workshop();
        if (!Compile(workshop, "header_cost")) yield break;
        var ours = EventCost.OneEventNs(workshop);
        var (clock, ready, off, sustained) = Run(workshop.PathOf("header_cost"), workshop.PathOf("journals")) is [var a, var b, var c, var d] ? (a, b, c, d) : default;
        yield return new Row("one event by virtio_trace.h", Ns(ready), $"timestamp read {Ns(clock)}", ready / clock, "at most 45 ns and 1.7x");
        yield return new Row("the same", Ns(ready), $"one event in C# {Ns(ours)}", ready / ours, "-");
        yield return new Row("a call of virtio_trace.h with recording off", Ns(off), "-", null, "a branch");
        if (!Compile(workshop, "lttng_cost", "-llttng-ust", "-ldl") || Lttng(workshop) is not [var lttng, var discarded])
        {
            yield return new Row($"one of {Events} on end by virtio_trace.h", Ns(sustained), "LTTng-UST is not here", null, "-");
            yield break;
        }

        yield return new Row(
            $"one of {Events} on end by virtio_trace.h", Ns(sustained), $"LTTng-UST {Ns(lttng)}, {discarded:0} discarded", sustained / lttng, "-");
    }

    private static string Ns(double value) => value.ToString("0.0", CultureInfo.InvariantCulture) + " ns";

    private static double[]? Lttng(Workshop workshop)
    {
        var folder = Directory.CreateDirectory(workshop.PathOf("lttng")).FullName;
        return Run("/bin/bash", Path.Combine(sources, "lttng_cost.sh"), workshop.PathOf("lttng_cost"), folder, Events.ToString(CultureInfo.InvariantCulture));
    }

    private static bool Compile(Workshop workshop, string program, params string[] libraries)
        => Run("gcc", ["-std=gnu11", "-O2", "-I", sources, "-o", workshop.PathOf(program), Path.Combine(sources, program + ".c"), .. libraries]) is not null;

    /// <summary>The numbers that a program prints; null if it is not there, or fails.</summary>
    private static double[]? Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return [.. output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
            Console.Error.WriteLine($"{program}: exit code {process.ExitCode}: {errors.Result}");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            Console.Error.WriteLine($"{program}: {exception.Message}");
        }

        return null;
    }
}
