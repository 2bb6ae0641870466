using Tracing.Analysis.Cli;

var terminal = new Terminal(Console.In, Console.Out, Console.Error, StandardOutput.Open, HasKeyboard: !Console.IsInputRedirected);
return await Application.RunAsync(args, terminal).ConfigureAwait(false);
