using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Tracing.Journals.Mirror;

namespace Tracing.Capture.Cli.Live;

/// <summary>
/// Takes another process's events as that process's runtime sends them, into a file: nothing is done with them while they
/// come, since what it takes too long to take is lost over there.
/// </summary>
internal static class Attachment
{
    private const int CopyBytes = 1 << 20;

    /// <summary>A runtime answers at once; a process that was stopped, or is none of ours, never does.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    /// <summary>Records until the process ends, the time is over, or <paramref name="token"/> says so.</summary>
    /// <param name="options">Whom, and how.</param>
    /// <param name="path">The file, which must not exist.</param>
    /// <param name="token">Ends it: what was recorded is in the file.</param>
    public static async Task<AttachmentEnd> Record(AttachOptions options, string path, CancellationToken token)
    {
        if (WhyNoProcess(options.Process) is { } reason) return Unreachable(reason);
        EventPipeSession? session = null;
        try
        {
            session = await Begin(options, token).ConfigureAwait(false);
            return await Copy(session, path, options.Duration, token).ConfigureAwait(false);
        }
        catch (Exception exception) when (session is null && IsOfTheirSide(exception))
        {
            return Unreachable(token.IsCancellationRequested
                ? "interrupted"
                : $"process {options.Process} cannot be reached: is it one of .NET, of this user, and with the same TMPDIR?");
        }
        finally
        {
            session?.Dispose();
        }
    }

    private static async Task<EventPipeSession> Begin(AttachOptions options, CancellationToken token)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        limited.CancelAfter(patience);

        // A stack with each event is what takes a runtime most of its time.
        var wanted = new EventPipeSessionConfiguration(
            [new EventPipeProvider(MirroredSource.ProviderName, EventLevel.Verbose)], options.BufferMegabytes, requestRundown: false, requestStackwalk: false);
        return await new DiagnosticsClient(options.Process).StartEventPipeSessionAsync(wanted, limited.Token).ConfigureAwait(false);
    }

    private static async Task<AttachmentEnd> Copy(EventPipeSession session, string path, TimeSpan? duration, CancellationToken token)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (duration is { } limit) ending.CancelAfter(limit);
        using var abandoned = new CancellationTokenSource();
        Task? stopping = null;
        await using var leave = ending.Token.Register(() => stopping = Stop(session, abandoned)).ConfigureAwait(false);
        string? problem = null;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
            var bytes = new byte[CopyBytes];
            while (await session.EventStream.ReadAsync(bytes, abandoned.Token).ConfigureAwait(false) is var count and > 0)
            {
                await file.WriteAsync(bytes.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false);
                if (ending.IsCancellationRequested) abandoned.CancelAfter(patience);
            }
        }
        catch (Exception exception) when (IsOfTheirSide(exception))
        {
            // It was killed, or does not answer, or there is no room here: what came until then is in the file.
            problem = exception is OperationCanceledException ? "the process does not answer any more" : exception.Message;
        }

        if (stopping is not null) await stopping.ConfigureAwait(false);
        return new AttachmentEnd(IsUnreachable: false, WasLeft: ending.IsCancellationRequested, problem);
    }

    /// <summary>Asks the process's runtime to send the rest and to close the stream, while that is still being read.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A process that ends just then answers by whatever goes wrong; the stream tells the rest.")]
    private static async Task Stop(EventPipeSession session, CancellationTokenSource abandoned)
    {
        try
        {
            using var limited = new CancellationTokenSource(patience);
            await session.StopAsync(limited.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The stream has ended, or never will.
        }

        abandoned.CancelAfter(patience);
    }

    private static bool IsOfTheirSide(Exception exception)
        => exception is DiagnosticsClientException or IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException
            or OperationCanceledException or TimeoutException;

    private static string? WhyNoProcess(int number)
    {
        try
        {
            using var process = Process.GetProcessById(number);
            return null;
        }
        catch (ArgumentException)
        {
            return $"there is no process {number}";
        }
    }

    private static AttachmentEnd Unreachable(string problem) => new(IsUnreachable: true, WasLeft: false, problem);
}

/// <summary>What is to be recorded.</summary>
/// <param name="Process">The process's number.</param>
/// <param name="Target">The Parquet file.</param>
/// <param name="Duration">How long; null = until it ends.</param>
/// <param name="BufferMegabytes">What the process may hold back.</param>
/// <param name="CommandLine">The command, for the run's facts.</param>
internal sealed record AttachOptions(int Process, string Target, TimeSpan? Duration, int BufferMegabytes, string CommandLine);

/// <summary>How it ended.</summary>
/// <param name="IsUnreachable">Whether it never began.</param>
/// <param name="WasLeft">Whether the recorder left, and not the process.</param>
/// <param name="Problem">What went wrong, in one line, or null.</param>
internal sealed record AttachmentEnd(bool IsUnreachable, bool WasLeft, string? Problem);
