using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class FetchOtherFailuresTests
{
    [Fact]
    public async Task A_platform_without_a_pin_says_where_it_would_stand()
    {
        using var fetch = new FetchRun();
        File.Delete(Path.Combine(fetch.Pins, "library.sha256"));

        var (exitCode, output) = await fetch.Run();

        Assert.NotEqual(0, exitCode);
        Assert.Contains("DUCK001", output, StringComparison.Ordinal);
        Assert.Contains(fetch.Pins, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_network_npms_own_words_are_shown()
    {
        using var fetch = new FetchRun();

        var (exitCode, output) = await fetch.Run(environment:
        [
            ("npm_config_prefer_offline", "false"),
            ("npm_config_offline", "true"),
            ("npm_config_cache", Path.Combine(fetch.Pins, "cache")),
        ]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("DUCK004", output, StringComparison.Ordinal);
        Assert.Contains("ENOTCACHED", output, StringComparison.Ordinal);
    }
}
