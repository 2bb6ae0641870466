using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.NetTrace;

/// <summary>
/// Reads a trace in a process of its own: this program, a hidden command. TraceEvent trusts the lengths in a file: of 300 kB
/// with a few wrong bytes it made 5 GiB of memory, and types nested deeply enough are a stack that overflows, which no
/// program can catch. Here it is that process that dies or is killed, and what it had read until then is kept.
/// </summary>
public static class UnpackProcess
{
    /// <summary>The hidden command; its arguments are the trace and an empty folder.</summary>
    public const string CommandName = "unpack-nettrace";

    /// <summary>What its heap may take. A burst that filled a buffer of the usual 256 MiB takes about half of that.</summary>
    private const int HeapMegabytes = 1024;

    /// <summary>What it may take in all, blocks of the file and the program itself included.</summary>
    private const int MostMegabytes = 2048;

    /// <summary>TraceEvent reads some 100 MiB a second: a hundredth of that is a hang.</summary>
    private const int LeastBytesASecond = 1 << 20;

    private const int MostOfAnswer = 1 << 16;
    private static readonly TimeSpan leastTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan lookPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>Reads a trace.</summary>
    /// <param name="path">The trace.</param>
    /// <param name="folder">An empty folder for what is in it.</param>
    internal static UnpackedTrace Run(string path, string folder)
    {
        try
        {
            using var process = Process.Start(StartInfo(path, folder))!;
            var limit = leastTime + TimeSpan.FromSeconds(new FileInfo(path).Length / LeastBytesASecond);
            return Run(process, limit).GetAwaiter().GetResult();
        }
        catch (Win32Exception exception)
        {
            return Broken($"no process to read it could be started: {exception.Message}");
        }
    }

    private static async Task<UnpackedTrace> Run(Process process, TimeSpan limit)
    {
        using var limited = new CancellationTokenSource(limit);
        try
        {
            // Its input stays open: where it ends, the child knows that nobody waits for it any more.
            var complaint = Read(process.StandardError, limited.Token);
            var greed = KillIfGreedy(process, limited.Token);
            var answer = await Read(process.StandardOutput, limited.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limited.Token).ConfigureAwait(false);
            var said = await complaint.ConfigureAwait(false);
            if (await greed.ConfigureAwait(false))
                return Broken(string.Create(CultureInfo.InvariantCulture, $"reading it took more than {MostMegabytes} MiB of memory"));
            return process.ExitCode switch
            {
                0 => JsonSerializer.Deserialize(answer, SpoolJson.Default.UnpackedTrace) ?? Broken("nothing came of reading it"),
                > 128 => Broken($"its reader died with signal {process.ExitCode - 128}"),
                _ => Broken($"its reader ended with code {process.ExitCode}: {Printable.FirstLine(said)}"),
            };
        }
        catch (OperationCanceledException)
        {
            return Broken(string.Create(CultureInfo.InvariantCulture, $"reading it took more than {limit.TotalSeconds:0} s"));
        }
        catch (JsonException)
        {
            return Broken("its reader gave no answer that can be read");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static UnpackedTrace Broken(string reason) => new(reason, 0, new Dictionary<string, ulong>());

    private static async Task<bool> KillIfGreedy(Process process, CancellationToken token)
    {
        try
        {
            using var timer = new PeriodicTimer(lookPeriod);
            while (await timer.WaitForNextTickAsync(token).ConfigureAwait(false))
            {
                process.Refresh();
                if (process.WorkingSet64 >> 20 <= MostMegabytes) continue;
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

    private static async Task<string> Read(StreamReader output, CancellationToken token)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        while (await output.ReadAsync(buffer.AsMemory(), token).ConfigureAwait(false) is var count and > 0)
        {
            if (text.Length < MostOfAnswer) text.Append(buffer, 0, count);
        }

        return text.ToString();
    }

    private static ProcessStartInfo StartInfo(string path, string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "capture.exe" : "capture");
        var start = File.Exists(program)
            ? new ProcessStartInfo(program)
            : new ProcessStartInfo(Environment.ProcessPath ?? "dotnet") { ArgumentList = { Path.Combine(AppContext.BaseDirectory, "capture.dll") } };
        foreach (var word in (string[])[CommandName, "--", Path.GetFullPath(path), folder]) start.ArgumentList.Add(word);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        start.Environment["DOTNET_GCHeapHardLimit"] = string.Create(CultureInfo.InvariantCulture, $"0x{(long)HeapMegabytes << 20:x}");

        // No dump of a dead child is wanted, and nobody is to attach to a living one.
        start.Environment["DOTNET_DbgEnableMiniDump"] = start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return start;
    }
}
