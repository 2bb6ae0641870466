using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Tracing.Analysis.Checking;

namespace Tracing.Analysis.Outside;

/// <summary>
/// Runs text from outside in a process of its own: the same program, a hidden command, its own instance of DuckDB. A
/// SELECT can kill the instance that runs it; then it is that process that dies.
/// </summary>
internal static class OutsideProcess
{
    /// <summary>The hidden command.</summary>
    public const string CommandName = "run-outside";

    /// <summary>The longest complaint that is read from a child.</summary>
    private const int MaximumComplaint = 4096;

    /// <summary>Runs a request; what the child prints goes to <paramref name="output"/> as it comes.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="what">What it is, for messages: "RULE" or "the query".</param>
    /// <param name="output">Where the answer goes.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="token">Stops it.</param>
    public static OutsideEnd Run(OutsideRequest request, string what, Stream output, TimeSpan timeout, CancellationToken token)
    {
        using var process = new Process { StartInfo = StartInfo() };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return new OutsideEnd(OutsideExit.Failed, $"no process for {what} could be started: {exception.Message}");
        }

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(timeout);
        try
        {
            return Converse(process, request, what, output, limited.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return new OutsideEnd(OutsideExit.Failed, $"{what} ran out of time: killed after {timeout.TotalSeconds:0.###} s") { IsTimeout = true };
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }

    private static async Task<OutsideEnd> Converse(Process process, OutsideRequest request, string what, Stream output, CancellationToken token)
    {
        var complaint = ReadComplaint(process.StandardError, token);
        try
        {
            await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream, request, OutsideJson.Default.OutsideRequest, token).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It died before it read: its exit code says how.
        }

        await process.StandardOutput.BaseStream.CopyToAsync(output, token).ConfigureAwait(false);
        await process.WaitForExitAsync(token).ConfigureAwait(false);
        var said = Printable.FirstLine(await complaint.ConfigureAwait(false));
        return process.ExitCode switch
        {
            OutsideExit.Done => new OutsideEnd(OutsideExit.Done, ""),
            OutsideExit.Refused or OutsideExit.Failed or OutsideExit.Input => new OutsideEnd(process.ExitCode, said),
            > 128 => new OutsideEnd(OutsideExit.Failed, $"DuckDB died with signal {process.ExitCode - 128} while running {what}"),
            _ => new OutsideEnd(OutsideExit.Failed, $"the process for {what} ended with code {process.ExitCode}: {said}"),
        };
    }

    private static async Task<string> ReadComplaint(StreamReader error, CancellationToken token)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        while (await error.ReadAsync(buffer.AsMemory(), token).ConfigureAwait(false) is var count and > 0)
        {
            if (text.Length < MaximumComplaint) text.Append(buffer, 0, count);
        }

        return text.ToString();
    }

    private static ProcessStartInfo StartInfo()
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "analyzer.exe" : "analyzer");
        var start = File.Exists(program)
            ? new ProcessStartInfo(program)
            : new ProcessStartInfo(Environment.ProcessPath ?? "dotnet") { ArgumentList = { Path.Combine(AppContext.BaseDirectory, "analyzer.dll") } };
        start.ArgumentList.Add(CommandName);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardErrorEncoding = Encoding.UTF8;
        // A hostile statement may also grow what this program itself keeps; and no dump of a dead child is wanted.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x40000000";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return start;
    }
}

/// <summary>How a child process ended.</summary>
/// <param name="Exit">One of <see cref="OutsideExit"/>.</param>
/// <param name="Reason">What it said, in one line; empty if it is done.</param>
internal sealed record OutsideEnd(int Exit, string Reason)
{
    /// <summary>Whether it was killed since it took too long.</summary>
    public bool IsTimeout { get; init; }
}
