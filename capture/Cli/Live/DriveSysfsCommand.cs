using System.CommandLine;
using Tracing.Peers.Sysfs;

namespace Tracing.Capture.Cli.Live;

/// <summary><c>capture drive sysfs</c>: the reference driver on this machine's own PCI function, from user space.</summary>
internal static class DriveSysfsCommand
{
    private static readonly Argument<string> function = new("FUNCTION")
    {
        Description = "The virtio-blk function's address, such as 0000:00:01.0; no kernel driver may have it.",
    };

    public static Command Create()
    {
        var command = new Command("sysfs", "Drives a PCI function of this machine, as root; rings and buffers lie in the device's region only. Example: capture drive sysfs 0000:00:01.0 -o run.parquet")
        {
            function,
        };
        foreach (var option in DrivenWork.All.Concat(LiveOptions.All)) command.Options.Add(option);
        command.SetAction((parsed, token) => Task.Run(
            () => (int)Run(parsed, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, token),
            CancellationToken.None));
        return command;
    }

    private static ExitCode Run(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken token)
    {
        var work = DrivenWork.Of(parsed);
        return LiveRecording.Record(LiveOptions.Of(parsed), work.Facts, recording => Drive(parsed, work, recording, output, error, token), output, error, token);
    }

    private static ExitCode Drive(
        ParseResult parsed, DrivenWork work, LiveRecording recording, TextWriter output, TextWriter error, CancellationToken token)
    {
        using var opened = SysfsFunction.Open(parsed.GetValue(function)!);
        var (result, stopped) = SysfsDrive.Run(
            opened, work.Epoch, recording.Platform, recording.Open("driver"), work.Conduct, work.Patience, token);
        return DriveResult.Tell(result, stopped, output, error);
    }
}
