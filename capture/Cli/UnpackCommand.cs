using System.CommandLine;
using System.Diagnostics;
using Tracing.Capture.Importing.NetTrace;

namespace Tracing.Capture.Cli;

/// <summary>The child process in which a .NET trace is read; nobody calls it by hand.</summary>
internal static class UnpackCommand
{
    private static readonly Argument<string> input = new("INPUT");
    private static readonly Argument<string> folder = new("FOLDER");

    public static Command Create()
    {
        var command = new Command(UnpackProcess.CommandName, "Reads a .NET trace") { input, folder };
        command.Hidden = true;
        command.SetAction((parsed, token) => Task.Run(
            () =>
            {
                token.Register(EndSelf);
                new Thread(EndWithInput) { IsBackground = true, Name = "parent's end" }.Start();
                parsed.InvocationConfiguration.Output.WriteLine(TraceUnpacker.Unpack(parsed.GetValue(input)!, parsed.GetValue(folder)!));
                return (int)ExitCode.Success;
            },
            CancellationToken.None));
        return command;
    }

    /// <summary>A parent that was killed cannot kill its child, which may have been set never to end.</summary>
    private static void EndWithInput()
    {
        using var standard = Console.OpenStandardInput();
        while (standard.ReadByte() >= 0) continue;
        EndSelf();
    }

    private static void EndSelf()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
