using System.Diagnostics;

namespace Tracing.Tests.Recording;

/// <summary>The <c>capture</c> program as a child process.</summary>
internal static class CaptureProgram
{
    public static Process Start(params string[] arguments) => Start(shellLimit: null, arguments);

    /// <summary>Starts it, behind a <c>ulimit</c> if one is given.</summary>
    public static Process Start(string? shellLimit, params string[] arguments)
    {
        string[] program = [Host(), "exec", Path.Combine(AppContext.BaseDirectory, "capture.dll"), .. arguments];
        var start = new ProcessStartInfo
        {
            FileName = shellLimit is null ? program[0] : "/bin/sh",
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] words = shellLimit is null ? program[1..] : ["-c", $"ulimit {shellLimit} && exec \"$@\"", "sh", .. program];
        foreach (var word in words) start.ArgumentList.Add(word);

        // The runtime keeps its code in a large sparse file of memory, which a limit on file sizes would forbid.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return Process.Start(start)!;
    }

    public static (int ExitCode, string Output, string Error) Run(string? shellLimit, params string[] arguments)
    {
        using var process = Start(shellLimit, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static string Host() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
}
