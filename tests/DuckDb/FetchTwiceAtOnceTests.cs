using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class FetchTwiceAtOnceTests
{
    [Fact]
    public async Task Two_builds_at_once_both_get_the_library()
    {
        using var fetch = new FetchRun();

        var runs = await Task.WhenAll(fetch.Run(), fetch.Run());

        Assert.All(runs, run => Assert.True(run.ExitCode == 0, run.Output));
        Assert.True(File.Exists(fetch.Library));

        // Nothing half done is left beside it.
        Assert.Single(Directory.GetDirectories(fetch.Target));
    }
}
