using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class FetchWithoutNpmTests
{
    [Fact]
    public async Task Without_npm_the_build_says_so()
    {
        using var fetch = new FetchRun();

        // Only the shell, which the build itself cannot do without.
        var programs = Directory.CreateDirectory(Path.Combine(fetch.Pins, "bin")).FullName;
        File.CreateSymbolicLink(Path.Combine(programs, "sh"), "/bin/sh");
        var (exitCode, output) = await fetch.Run(environment: [("PATH", programs)]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("DUCK002", output, StringComparison.Ordinal);
        Assert.Contains("npm is not on PATH", output, StringComparison.Ordinal);
    }
}
