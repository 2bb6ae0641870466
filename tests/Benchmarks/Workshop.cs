using System.Diagnostics;

namespace Tracing.Benchmarks;

/// <summary>A private folder, and the two programs run in it as processes.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("virtio-trace-benchmark-");

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    /// <summary>Runs a program that was built beside this one and gives back how long the whole process took.</summary>
    /// <exception cref="InvalidOperationException">It ended with another exit code than expected.</exception>
    public static TimeSpan Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, program), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var taken = watch.Elapsed;
        return process.ExitCode == 0
            ? taken
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}: {errors.Result}");
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>The median of several values: one disturbed repetition does not count.</summary>
    public static double MedianOf(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
