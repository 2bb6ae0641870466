using System.CommandLine;
using Tracing.Capture.Cli.Live;

namespace Tracing.Capture.Cli;

/// <summary>What <c>capture</c> can be told to do.</summary>
internal static class Commands
{
    /// <summary>All commands, under the program's own.</summary>
    public static RootCommand CreateRoot() => new("Records virtio runs: negotiation, rings, DMA and barriers, into one Parquet file.")
    {
        RecordCommand.Create(),
        ScenariosCommand.Create(),
        FaultsCommand.Create(),
        RecoverCommand.Create(),
        ImportCommand.Create(),
        AttachCommand.Create(),
        MergeCommand.Create(),
        ServeCommand.Create(),
        DriveCommand.Create(),
        UnpackCommand.Create(),
    };
}
