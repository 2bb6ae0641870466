using System.Diagnostics;
using Xunit;

namespace Tracing.Tests;

/// <summary>Named pipes: what looks like a file and is none.</summary>
internal static class Pipes
{
    /// <summary>Makes one; the test is skipped where there are none.</summary>
    public static string Make(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes among files");
        using var maker = Process.Start("mkfifo", [path]);
        maker.WaitForExit();
        return path;
    }
}
