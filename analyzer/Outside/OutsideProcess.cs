using System.ComponentModel;
using System.Globalization;
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

    /// <summary>What the child's own heap may take, beside DuckDB: a hostile statement may grow it too.</summary>
    private const int HeapMegabytes = 1024;

    /// <summary>What the process takes before it does anything.</summary>
    private const int IdleMegabytes = 256;

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
            // DuckDB's own limit does not count strings.
            var most = request.MemoryMegabytes + HeapMegabytes + IdleMegabytes;
            using var process = BoundedProcess.Start("analyzer", [CommandName], HeapMegabytes, most, folder.FullName);
            return Run(process, request, what, output, most, timeout, token);
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

    private static OutsideEnd Run(
        BoundedProcess process, OutsideRequest request, string what, Stream output, int mostMegabytes, TimeSpan timeout, CancellationToken token)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(timeout);
        try
        {
            var end = Converse(process, request, output, limited.Token).GetAwaiter().GetResult();
            if (end.WasGreedy)
                return new OutsideEnd(OutsideExit.Failed, string.Create(CultureInfo.InvariantCulture, $"{what} took more than {mostMegabytes} MiB of memory: killed"));
            return end.ExitCode switch
            {
                OutsideExit.Done => new OutsideEnd(OutsideExit.Done, ""),
                OutsideExit.Refused or OutsideExit.Failed or OutsideExit.Input => new OutsideEnd(end.ExitCode, end.Complaint),
                > 128 => new OutsideEnd(OutsideExit.Failed, $"DuckDB died with signal {end.ExitCode - 128} while running {what}"),
                _ => new OutsideEnd(OutsideExit.Failed, $"the process for {what} ended with code {end.ExitCode}: {end.Complaint}"),
            };
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return new OutsideEnd(OutsideExit.Failed, $"{what} ran out of time: killed after {timeout.TotalSeconds:0.###} s") { IsTimeout = true };
        }
    }

    private static async Task<BoundedProcessEnd> Converse(BoundedProcess process, OutsideRequest request, Stream output, CancellationToken token)
    {
        try
        {
            var line = JsonSerializer.SerializeToUtf8Bytes(request, OutsideJson.Default.OutsideRequest);
            await process.Input.WriteAsync((byte[])[.. line, (byte)'\n'], token).ConfigureAwait(false);
            await process.Input.FlushAsync(token).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It died before it read: its exit code says how.
        }

        await process.Output.CopyToAsync(output, token).ConfigureAwait(false);
        return await process.WaitForEnd(token).ConfigureAwait(false);
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
