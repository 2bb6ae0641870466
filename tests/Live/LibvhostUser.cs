using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Tracing.Tests.Live;

/// <summary>
/// The block back end of samples/instrumented/libvhost-user: QEMU's library from Debian's source package, patched and built once
/// a test run. Where the package cannot be had the tests are skipped; with TRACING_LIVE=required they fail.
/// </summary>
internal static partial class LibvhostUser
{
    private static readonly ConcurrentDictionary<string, Lazy<(string Folder, string? Problem)>> builds = new(StringComparer.Ordinal);

    /// <summary>Where the library lies as Debian ships it, and its version.</summary>
    private static string Library => Path.Combine(Laboratory.Folder, "libvhost-user", "library");

    /// <summary>The version of the source package.</summary>
    public static string Version => File.ReadAllText(Path.Combine(Library, "version")).Trim();

    /// <summary>A program of the build: unpatched, compiled-out or recording.</summary>
    /// <param name="name">Which one.</param>
    /// <param name="without">The pair whose barriers are taken away (recording only), or empty.</param>
    public static string Program(string name, string without = "")
    {
        Laboratory.Require();
        var (folder, problem) = builds.GetOrAdd(without, _ => new Lazy<(string, string?)>(() => Build(without))).Value;
        if (problem is null) return Path.Combine(folder, name);
        Assert.False(Environment.GetEnvironmentVariable("TRACING_LIVE") == "required", $"live tests are required: {problem}");
        Assert.Skip($"no libvhost-user: {problem}");
        return "";
    }

    /// <summary>What the program said of itself at its end: requests, and microseconds of processor time.</summary>
    public static (long Requests, long Microseconds) Report(string said)
    {
        var told = Cost().Match(said);
        Assert.True(told.Success, said);
        return (Number(told.Groups[1].Value), Number(told.Groups[2].Value));
    }

    private static (string Folder, string? Problem) Build(string without)
    {
        var scripts = Repository.PathOf("samples", "instrumented", "libvhost-user");
        var target = Path.Combine(Laboratory.Folder, "libvhost-user", "built" + without);
        if (!OperatingSystem.IsLinux()) return (target, "it needs Linux");
        Directory.CreateDirectory(target);
        // Two test processes at once must not build into one another.
        using var turn = new FileStream(Path.Combine(Laboratory.Folder, "turn"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        turn.Lock(0, 1);
        var (fetched, said) = Tool.Run("/bin/bash", Path.Combine(scripts, "fetch.sh"), Library);
        if (fetched != 0) return (target, said.Trim().Split('\n')[^1]);
        var (built, complaint) = Tool.Run("/bin/bash", [Path.Combine(scripts, "build.sh"), Library, target, .. without.Length > 0 ? [without] : Array.Empty<string>()]);
        // A library that is here and cannot be patched or built is another one than the page tells of: that is a failure, not a lack.
        Assert.True(built == 0, $"{Version}: {complaint}");
        return (target, null);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("([0-9]+) requests, ([0-9]+) us of processor time")]
    private static partial Regex Cost();
}
