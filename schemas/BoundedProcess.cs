using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tracing.Schemas;

/// <summary>
/// A hidden command of this program in a process of its own, bounded in memory: for input that could take down whoever reads
/// it. Then it is that process that dies or is killed. Disposing ends it, whatever it is doing.
/// </summary>
public sealed class BoundedProcess : IDisposable
{
    private const int MaximumComplaint = 4096;
    private static readonly TimeSpan lookPeriod = TimeSpan.FromMilliseconds(50);

    private readonly Process process;
    private readonly CancellationTokenSource disposed = new();
    private readonly Task<string> complaint;
    private readonly Task<bool> greed;

    private BoundedProcess(Process process, int mostMegabytes)
    {
        this.process = process;
        complaint = ReadUpTo(process.StandardError, MaximumComplaint, disposed.Token);
        greed = KillIfGreedy(mostMegabytes, disposed.Token);
    }

    /// <summary>Its input. It stays open: where it ends, the process knows that nobody waits for it any more.</summary>
    public Stream Input => process.StandardInput.BaseStream;

    /// <summary>What it answers.</summary>
    public Stream Output => process.StandardOutput.BaseStream;

    /// <summary>Starts it.</summary>
    /// <param name="program">The program, by the name of its file: the one that is running.</param>
    /// <param name="arguments">The hidden command and its arguments.</param>
    /// <param name="heapMegabytes">What its managed heap may take, in MiB.</param>
    /// <param name="mostMegabytes">What it may take in all, in MiB: beyond that it is killed.</param>
    /// <param name="temporaryFolder">Its folder for temporary files; null for the system's.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It could not be started.</exception>
    public static BoundedProcess Start(
        string program, IEnumerable<string> arguments, int heapMegabytes, int mostMegabytes, string? temporaryFolder = null)
    {
        var file = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? $"{program}.exe" : program);
        var start = File.Exists(file)
            ? new ProcessStartInfo(file)
            : new ProcessStartInfo(Environment.ProcessPath ?? "dotnet") { ArgumentList = { Path.Combine(AppContext.BaseDirectory, $"{program}.dll") } };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        if (temporaryFolder is not null)
            start.Environment["TMPDIR"] = start.Environment["TMP"] = start.Environment["TEMP"] = temporaryFolder;
        start.Environment["DOTNET_GCHeapHardLimit"] = string.Create(CultureInfo.InvariantCulture, $"0x{(long)heapMegabytes << 20:x}");

        // No dump of a dead child is wanted, and nobody is to attach to a living one.
        start.Environment["DOTNET_DbgEnableMiniDump"] = start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new BoundedProcess(Process.Start(start)!, mostMegabytes);
    }

    /// <summary>Reads all that it answers, and keeps the beginning.</summary>
    /// <param name="most">How many letters are kept.</param>
    /// <param name="token">Stops it.</param>
    public Task<string> ReadAnswer(int most, CancellationToken token) => ReadUpTo(process.StandardOutput, most, token);

    /// <summary>Waits until it has ended by itself, or was killed for its greed. Its answer is to be read first.</summary>
    public async Task<BoundedProcessEnd> WaitForEnd(CancellationToken token)
    {
        await process.WaitForExitAsync(token).ConfigureAwait(false);
        var said = Printable.FirstLine(await complaint.WaitAsync(token).ConfigureAwait(false));
        return new BoundedProcessEnd(process.ExitCode, said, await greed.WaitAsync(token).ConfigureAwait(false));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        disposed.Cancel();
        disposed.Dispose();
        process.Dispose();
    }

    private static async Task<string> ReadUpTo(StreamReader reader, int most, CancellationToken token)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer.AsMemory(), token).ConfigureAwait(false) is var count and > 0)
        {
            if (text.Length < most) text.Append(buffer, 0, count);
        }

        return text.ToString();
    }

    /// <summary>Looks at its memory as long as it lives: the limit of a heap does not count what native code takes.</summary>
    private async Task<bool> KillIfGreedy(int mostMegabytes, CancellationToken token)
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
}

/// <summary>How a <see cref="BoundedProcess"/> ended.</summary>
/// <param name="ExitCode">Its exit code; 128 and the signal's number where a signal ended it.</param>
/// <param name="Complaint">The first line that it complained of, printable; empty if it did not.</param>
/// <param name="WasGreedy">It was killed, since it took more memory than it may.</param>
public sealed record BoundedProcessEnd(int ExitCode, string Complaint, bool WasGreedy);
