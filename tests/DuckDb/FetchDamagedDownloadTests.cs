using System.Text.RegularExpressions;
using Xunit;

namespace Tracing.Tests.DuckDb;

public sealed class FetchDamagedDownloadTests
{
    [Fact]
    public async Task A_download_that_is_not_the_pinned_one_is_refused()
    {
        using var fetch = new FetchRun();
        fetch.SetPin("package-lock.json", Regex.Replace(
            fetch.Pin("package-lock.json"), "sha512-[^\"]*", $"sha512-{Convert.ToBase64String(new byte[64])}"));

        var (exitCode, output) = await fetch.Run();

        Assert.NotEqual(0, exitCode);
        Assert.Contains("DUCK003", output, StringComparison.Ordinal);
        Assert.Contains("damaged", output, StringComparison.Ordinal);
        Assert.False(File.Exists(fetch.Library));
    }

    [Fact]
    public async Task A_package_without_the_library_is_refused()
    {
        using var fetch = new FetchRun();

        var (exitCode, output) = await fetch.Run(properties: ["-property:DuckDBLibraryName=libother.so"]);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("DUCK005", output, StringComparison.Ordinal);
        Assert.Contains("holds no libother.so", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_with_another_hash_is_refused()
    {
        using var fetch = new FetchRun();
        fetch.SetPin("library.sha256", new string('0', 64));

        var (exitCode, output) = await fetch.Run();

        Assert.NotEqual(0, exitCode);
        Assert.Contains("DUCK006", output, StringComparison.Ordinal);
        Assert.Contains("damaged", output, StringComparison.Ordinal);
        Assert.False(File.Exists(fetch.Library));
    }
}
