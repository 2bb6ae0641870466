using System.ComponentModel;
using System.Globalization;
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

    /// <summary>Reads a trace.</summary>
    /// <param name="path">The trace.</param>
    /// <param name="folder">An empty folder for what is in it.</param>
    internal static UnpackedTrace Run(string path, string folder)
    {
        try
        {
            using var process = BoundedProcess.Start("capture", [CommandName, "--", Path.GetFullPath(path), folder], HeapMegabytes, MostMegabytes);
            var limit = leastTime + TimeSpan.FromSeconds(new FileInfo(path).Length / LeastBytesASecond);
            return Read(process, limit).GetAwaiter().GetResult();
        }
        catch (Win32Exception exception)
        {
            return Broken($"no process to read it could be started: {exception.Message}");
        }
    }

    private static async Task<UnpackedTrace> Read(BoundedProcess process, TimeSpan limit)
    {
        using var limited = new CancellationTokenSource(limit);
        try
        {
            var answer = await process.ReadAnswer(MostOfAnswer, limited.Token).ConfigureAwait(false);
            return await process.WaitForEnd(limited.Token).ConfigureAwait(false) switch
            {
                { WasGreedy: true } => Broken(string.Create(CultureInfo.InvariantCulture, $"reading it took more than {MostMegabytes} MiB of memory")),
                { ExitCode: 0 } => JsonSerializer.Deserialize(answer, SpoolJson.Default.UnpackedTrace) ?? Broken("nothing came of reading it"),
                { ExitCode: > 128 and var code } => Broken($"its reader died with signal {code - 128}"),
                var end => Broken($"its reader ended with code {end.ExitCode}: {end.Complaint}"),
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
    }

    private static UnpackedTrace Broken(string reason) => new(reason, 0, new Dictionary<string, ulong>());
}
