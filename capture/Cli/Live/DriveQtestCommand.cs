using System.CommandLine;
using Tracing.Peers.Qtest;

namespace Tracing.Capture.Cli.Live;

/// <summary><c>capture drive qtest</c>: its options. What it does stands in <see cref="DriveQtestHandler"/>.</summary>
internal static class DriveQtestCommand
{
    private static readonly Option<string> socket = new("--socket")
    {
        Description = "The qtest socket of a QEMU whose processor is parked.",
        Required = true,
        HelpName = "SOCKET",
    };

    private static readonly Option<string?> function = new("--function")
    {
        Description = "The virtio-blk function to drive; without it, the first on bus 0.",
        HelpName = "BUS:SLOT.FUNCTION",
    };

    private static readonly Option<string> memory = new Option<string>("--memory")
    {
        Description = "Where rings and buffers lie: in guest memory, in a BAR (the device's own region, or that of --window), or in both.",
        DefaultValueFactory = _ => "bar",
    }.AcceptOnlyFromAmong("ram", "bar", "mixed");

    private static readonly Option<string?> ramFile = new("--ram-file")
    {
        Description = "The file behind the guest's memory, where the driver's own buffers then lie; without it memory is reached by qtest commands, and with --memory bar not at all.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> window = new("--window")
    {
        Description = "Another function whose BAR 2 is the memory to stay in, declared as a window; without it, the first ivshmem device where it is needed.",
        HelpName = "BUS:SLOT.FUNCTION",
    };

    private static readonly Option<string?> regionFile = new("--region-file")
    {
        Description = "The file behind that BAR 2; without it the BAR is reached by qtest commands.",
        HelpName = "FILE",
    };

    private static readonly Option<bool> iommu = new("--iommu")
    {
        Description = "Let the machine's VT-d confine the function to the window of --memory bar (QEMU: -device intel-iommu,intremap=off).",
    };

    public static Command Create()
    {
        var command = new Command("qtest", "Drives a virtio-blk function of a QEMU through its qtest socket. Example: capture drive qtest --socket qt.sock --memory bar --region-file /dev/shm/bar -o run.parquet")
        {
            socket, function, memory, ramFile, window, regionFile, iommu,
        };
        foreach (var option in DrivenWork.All.Concat(LiveOptions.All)) command.Options.Add(option);
        command.SetAction((parsed, token) => Task.Run(
            () => (int)DriveQtestHandler.Run(
                Options(parsed), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, token),
            CancellationToken.None));
        return command;
    }

    private static DriveQtestOptions Options(ParseResult parsed) => new(
        parsed.GetValue(socket)!,
        Place(parsed.GetValue(function), "--function"),
        parsed.GetValue(memory)!,
        parsed.GetValue(ramFile),
        Place(parsed.GetValue(window), "--window"),
        parsed.GetValue(regionFile),
        Iommu(parsed),
        DrivenWork.Of(parsed),
        LiveOptions.Of(parsed));

    private static bool Iommu(ParseResult parsed)
        => parsed.GetValue(iommu) && (parsed.GetValue(memory) == "bar" ? true : throw new UsageException("--iommu confines to the window of --memory bar"));

    private static PciPlace? Place(string? text, string option)
    {
        if (text is null) return null;
        return PciPlace.TryParse(text, out var place) ? place : throw new UsageException($"{option} {text}: expected a place such as 00:01.0");
    }
}

/// <summary>What <c>capture drive qtest</c> was asked to do.</summary>
/// <param name="Socket">The qtest socket.</param>
/// <param name="Function">The function to drive, or null.</param>
/// <param name="Memory">ram, bar or mixed.</param>
/// <param name="RamFile">The file behind the guest's memory, or null.</param>
/// <param name="Window">The function whose BAR 2 is the window, or null.</param>
/// <param name="RegionFile">The file behind that BAR, or null.</param>
/// <param name="Iommu">Whether the IOMMU is to confine the function to the window.</param>
/// <param name="Work">What the driver does.</param>
/// <param name="Live">Where the recording goes.</param>
internal sealed record DriveQtestOptions(
    string Socket, PciPlace? Function, string Memory, string? RamFile, PciPlace? Window, string? RegionFile, bool Iommu, DrivenWork Work, LiveOptions Live);
