using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Tracing.Journals.Mirror;

namespace Tracing.Tests.Importing.NetTrace;

/// <summary>The sample <c>eventsource</c> as a process: it begins, and ends its source, when it is told to.</summary>
internal sealed class EventSourceProgram : IDisposable
{
    private readonly Process process;

    public EventSourceProgram(ulong events, int seed = 1, string? journals = null)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "eventsource"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { events.ToString(CultureInfo.InvariantCulture), seed.ToString(CultureInfo.InvariantCulture) },
        };
        if (journals is not null) start.ArgumentList.Add(journals);
        process = Process.Start(start)!;
        Expect("ready");
    }

    public int Id => process.Id;

    /// <summary>What the runtime of this process sends to whoever asks for the mirror.</summary>
    public EventPipeSession Listen(int bufferMegabytes) => new DiagnosticsClient(Id).StartEventPipeSession(
        [new EventPipeProvider(MirroredSource.ProviderName, EventLevel.Verbose)], requestRundown: false, bufferMegabytes);

    /// <summary>It begins to make events; where they have no number, until it is told to stop.</summary>
    public void Begin()
    {
        process.StandardInput.WriteLine();
        Expect("begun");
    }

    /// <summary>It makes no more events.</summary>
    public void Stop() => process.StandardInput.WriteLine();

    /// <summary>It has made its events: how many they are.</summary>
    public ulong Emitted() => Expect("emitted");

    /// <summary>It ends its source, and itself.</summary>
    public void End()
    {
        process.StandardInput.WriteLine();
        Expect("closed");
        process.WaitForExit();
    }

    public void Kill() => process.Kill();

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private ulong Expect(string word)
    {
        var line = process.StandardOutput.ReadLine()?.Split(' ') ?? [];
        return line is [var first, var number] && first == word
            ? ulong.Parse(number, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"expected '{word} NUMBER', and the program said '{string.Join(' ', line)}'");
    }
}
