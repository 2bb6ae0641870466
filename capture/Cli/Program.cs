using Tracing.Capture.Cli;

return (int)await CommandLine.RunAsync(Commands.CreateRoot(), args, Console.Out, Console.Error).ConfigureAwait(false);
