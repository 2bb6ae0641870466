using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Instrumented;

/// <summary>docs/instrumenting.md: what it shows is what is there, and what happens.</summary>
public sealed class InstrumentingPageTests
{
    private static readonly string page = Repository.Read("docs", "instrumenting.md");

    [Fact]
    public void The_wrappers_on_the_page_are_those_of_the_sample()
        => Assert.Contains(Repository.Read("samples", "instrumented", "wrapped", "ring_access.h"), page, StringComparison.Ordinal);

    [Theory]
    [InlineData("holds")]
    [InlineData("violated", "without-rmb")]
    public async Task The_verdicts_on_the_page_are_those_of_the_sample(string verdict, params string[] fault)
    {
        using var folder = new TemporaryFolder();
        CProgram.Run(CProgram.Wrapped, [folder.PathOf("run.journals"), .. fault]);
        var recover = await CaptureCommand.Run("recover", folder.PathOf("run.journals"), "-o", folder.PathOf("run.parquet"));
        Assert.Equal((Capture.Cli.ExitCode.Success, ""), (recover.Exit, recover.Error));

        var check = Analysis.CommandLine.Run("check", folder.PathOf("run.parquet"));
        var lines = check.Output.Split('\n').Where(line => line.StartsWith("ORDER-S", StringComparison.Ordinal) && line.Contains(" MUST ")).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Contains(lines, line => line.StartsWith("ORDER-S7", StringComparison.Ordinal) && line.Contains($" {verdict} ") && page.Contains(line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Contains(line, page, StringComparison.Ordinal));
        Assert.Equal(fault.Length, check.ExitCode);
    }
}
