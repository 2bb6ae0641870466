using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class PinsTests
{
    [Fact]
    public void TheLockFileHasAnIntegrityHashAndNamesNoRegistry()
    {
        using var fetch = new FetchRun();
        var lockFile = fetch.Pin("package-lock.json");

        Assert.Contains("\"integrity\": \"sha512-", lockFile, StringComparison.Ordinal);
        Assert.DoesNotContain("resolved", lockFile, StringComparison.Ordinal);
        Assert.DoesNotContain("://", lockFile, StringComparison.Ordinal);
    }
}
