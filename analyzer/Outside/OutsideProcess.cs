using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tracing.Schemas;

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

    /// <summary>What the child's own heap may take, beside DuckDB: a hostile statement may grow it too.</summary>
    private const int HeapMegabytes = 1024;

    /// <summary>What the process takes before it does anything.</summary>
    private const int IdleMegabytes = 256;

    private static readonly TimeSpan lookPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs a request; what the child prints goes to <paramref name="output"/> as it comes.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="what">What it is, for messages: "RULE" or "the query".</param>
    /// <param name="output">Where the answer goes.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="token">Stops it.</param>
    public static OutsideEnd Run(OutsideRequest request, string what, Stream output, TimeSpan timeout, CancellationToken token)
    {
        // Ours and not the child's, which may be killed with its spilled rows in it.
        var folder = Directory.CreateTempSubdirectory("virtio-trace-outside-");
        try
        {
            using var process = new Process { StartInfo = StartInfo(folder.FullName) };
            process.Start();
            return Run(process, request, what, output, timeout, token);
        }
        catch (Win32Exception exception)
        {
            return new OutsideEnd(OutsideExit.Failed, $"no process for {what} could be started: {exception.Message}");
        }
        finally
        {
            Delete(folder);
        }
    }

    private static OutsideEnd Run(Process process, OutsideRequest request, string what, Stream output, TimeSpan timeout, CancellationToken token)
    {
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
        var most = request.MemoryMegabytes + HeapMegabytes + IdleMegabytes;
        var greed = KillIfGreedy(process, most, token);
        try
        {
            // Its input stays open: where it ends, the child knows that nobody waits for it any more.
            var line = JsonSerializer.SerializeToUtf8Bytes(request, OutsideJson.Default.OutsideRequest);
            await process.StandardInput.BaseStream.WriteAsync((byte[])[.. line, (byte)'\n'], token).ConfigureAwait(false);
            await process.StandardInput.BaseStream.FlushAsync(token).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It died before it read: its exit code says how.
        }

        await process.StandardOutput.BaseStream.CopyToAsync(output, token).ConfigureAwait(false);
        await process.WaitForExitAsync(token).ConfigureAwait(false);
        var said = Printable.FirstLine(await complaint.ConfigureAwait(false));
        if (await greed.ConfigureAwait(false))
            return new OutsideEnd(OutsideExit.Failed, string.Create(CultureInfo.InvariantCulture, $"{what} took more than {most} MiB of memory: killed"));
        return process.ExitCode switch
        {
            OutsideExit.Done => new OutsideEnd(OutsideExit.Done, ""),
            OutsideExit.Refused or OutsideExit.Failed or OutsideExit.Input => new OutsideEnd(process.ExitCode, said),
            > 128 => new OutsideEnd(OutsideExit.Failed, $"DuckDB died with signal {process.ExitCode - 128} while running {what}"),
            _ => new OutsideEnd(OutsideExit.Failed, $"the process for {what} ended with code {process.ExitCode}: {said}"),
        };
    }

    /// <summary>Looks at the child's memory as long as it lives, and whether it had to be killed: DuckDB's own limit does not count strings.</summary>
    private static async Task<bool> KillIfGreedy(Process process, long mostMegabytes, CancellationToken token)
    {
        try
        {
            using var timer = new PeriodicTimer(lookPeriod);
            while (await timer.WaitForNextTickAsync(token).ConfigureAwait(false))
            {
                process.Refresh();
                if (process.WorkingSet64 >> 20 <= mostMegabytes) continue;
                process.Kill(entireProcessTree: true);
                return true;
            }
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }

        return false;
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

    private static ProcessStartInfo StartInfo(string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "analyzer.exe" : "analyzer");
        var start = File.Exists(program)
            ? new ProcessStartInfo(program)
            : new ProcessStartInfo(Environment.ProcessPath ?? "dotnet") { ArgumentList = { Path.Combine(AppContext.BaseDirectory, "analyzer.dll") } };
        start.ArgumentList.Add(CommandName);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardErrorEncoding = Encoding.UTF8;
        start.Environment["TMPDIR"] = start.Environment["TMP"] = start.Environment["TEMP"] = folder;
        start.Environment["DOTNET_GCHeapHardLimit"] = string.Create(CultureInfo.InvariantCulture, $"0x{(long)HeapMegabytes << 20:x}");

        // No dump of a dead child is wanted, and nobody is to attach to a living one.
        start.Environment["DOTNET_DbgEnableMiniDump"] = start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The system's own cleaning of its temporary folder removes what is left.
        }
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
