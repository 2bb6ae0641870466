using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class PinsTests
{
    [Fact]
    public void The_lock_file_has_an_integrity_hash_and_names_no_registry()
    {
        using var fetch = new FetchRun();
        var lockFile = fetch.Pin("package-lock.json");

        Assert.Contains("\"integrity\": \"sha512-", lockFile, StringComparison.Ordinal);
        Assert.DoesNotContain("resolved", lockFile, StringComparison.Ordinal);
        Assert.DoesNotContain("://", lockFile, StringComparison.Ordinal);
    }
}
