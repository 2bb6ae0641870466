using Tracing.Analysis.Cli;

var terminal = new Terminal(Console.In, Console.Out, Console.Error, Console.OpenStandardOutput, HasKeyboard: !Console.IsInputRedirected);
return await Application.RunAsync(args, terminal).ConfigureAwait(false);
