using System.Diagnostics;

namespace Tracing.Tests.Analysis;

/// <summary>The <c>analyzer</c> program as a child process, with a folder of its own for what it keeps for a while.</summary>
internal static class AnalyzerProgram
{
    public static Process Start(string temporaryFolder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "analyzer.exe" : "analyzer"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TMPDIR"] = start.Environment["TMP"] = temporaryFolder;

        // Its sockets for debuggers would lie in that folder too.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return Process.Start(start)!;
    }
}
