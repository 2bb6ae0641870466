using Tracing.Capture.Cli;
using Xunit;

namespace Tracing.Tests.Recording;

/// <summary>What live commands refuse before anything is recorded: one line, exit code 2, and nothing left behind.</summary>
public sealed class LiveUsageTests
{
    public static TheoryData<string[], string> Wrong() => new()
    {
        { ["serve", "vhost-user", "--listen", new string('s', 200), "-o", "run.parquet"], "--listen" },
        { ["serve", "pci", "--listen", new string('s', 200), "-o", "run.parquet"], "--listen" },
        { ["serve", "pci", "-o", "run.parquet"], "--fd" },
        { ["serve", "vhost-user", "--listen", "s"], "--discard" },
        { ["serve", "vhost-user", "--listen", "s", "--discard", "-o", "run.parquet"], "--discard" },
        { ["drive", "qtest", "--socket", "s", "--memory", "ram", "--iommu", "-o", "run.parquet"], "--iommu" },
        { ["drive", "qtest", "--socket", "s", "--function", "nowhere", "-o", "run.parquet"], "--function" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_command_line_is_one_line(string[] arguments, string said)
    {
        using var folder = new TemporaryFolder();
        var command = await CaptureCommand.Run([.. arguments.Select(word => word == "run.parquet" ? folder.PathOf(word) : word)]);

        Assert.Equal(ExitCode.Usage, command.Exit);
        Assert.Contains(said, Assert.Single(command.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.PathOf("")));
    }
}
