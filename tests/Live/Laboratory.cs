using System.Diagnostics;
using Xunit;

namespace Tracing.Tests.Live;

/// <summary>
/// What live tests need of the machine, brought once. Where it cannot be had, tests are skipped with the reason; with
/// TRACING_LIVE=required they fail.
/// </summary>
internal static class Laboratory
{
    private static readonly Lazy<string?> obstacle = new(Prepare);

    /// <summary>Where the guest kernel lies, and what is built for guests.</summary>
    public static string Folder { get; } = Repository.PathOf("artifacts", "live");

    /// <summary>The guest's kernel.</summary>
    public static string Kernel => Directory.GetFiles(Path.Combine(Folder, "kernel", "boot"), "vmlinuz-*").Single();

    /// <summary>The guest's modules.</summary>
    public static string Modules => Directory.GetDirectories(Path.Combine(Folder, "kernel", "lib", "modules")).Single();

    /// <summary>Skips the test, or fails it, where the laboratory cannot be had.</summary>
    public static void Require()
    {
        if (obstacle.Value is not { } reason) return;
        Assert.False(Environment.GetEnvironmentVariable("TRACING_LIVE") == "required", $"live tests are required: {reason}");
        Assert.Skip($"no live tests: {reason}");
    }

    private static string? Prepare()
    {
        if (!OperatingSystem.IsLinux()) return "they need Linux";
        Directory.CreateDirectory(Folder);
        // Two test processes at once must not unpack into one another.
        using var turn = new FileStream(Path.Combine(Folder, "turn"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        turn.Lock(0, 1);
        using var script = Process.Start(new ProcessStartInfo("/bin/bash", [Repository.PathOf("tests", "Live", "prepare.sh"), Folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = script.StandardError.ReadToEndAsync();
        script.StandardOutput.ReadToEnd();
        script.WaitForExit();
        return script.ExitCode == 0 ? null : error.Result.Trim().Split('\n')[^1];
    }
}
