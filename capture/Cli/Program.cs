using System.CommandLine;
using Tracing.Capture.Cli;
using Tracing.Capture.Cli.Live;

var root = new RootCommand("Records virtio runs: negotiation, rings, DMA and barriers, into one Parquet file.")
{
    RecordCommand.Create(),
    ScenariosCommand.Create(),
    FaultsCommand.Create(),
    RecoverCommand.Create(),
    ImportCommand.Create(),
    MergeCommand.Create(),
    ServeCommand.Create(),
    DriveCommand.Create(),
};

return (int)await CommandLine.RunAsync(root, args, Console.Out, Console.Error).ConfigureAwait(false);
