using System.CommandLine;

namespace Tracing.Capture.Cli.Live;

/// <summary><c>capture drive</c>: the reference driver for somebody else's device.</summary>
internal static class DriveCommand
{
    public static Command Create() => new("drive", "Is the driver of a real device, and records what both sides do with memory.")
    {
        DriveQtestCommand.Create(),
        DriveSysfsCommand.Create(),
    };
}
