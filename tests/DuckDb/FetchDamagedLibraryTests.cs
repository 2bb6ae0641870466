using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class FetchDamagedLibraryTests
{
    [Fact]
    public async Task A_library_damaged_afterwards_is_found()
    {
        using var fetch = new FetchRun();
        Directory.CreateDirectory(Path.GetDirectoryName(fetch.Library)!);
        await File.WriteAllTextAsync(fetch.Library, "half a library", TestContext.Current.CancellationToken);

        var (exitCode, output) = await fetch.Run();

        Assert.NotEqual(0, exitCode);
        Assert.Contains("DUCK007", output, StringComparison.Ordinal);
        Assert.Contains("Delete the file and build again", output, StringComparison.Ordinal);
    }
}
