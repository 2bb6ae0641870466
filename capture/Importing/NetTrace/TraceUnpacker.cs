using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Diagnostics.Tracing;
using Tracing.Journals.Mirror;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.NetTrace;

/// <summary>
/// Reads a trace by TraceEvent and puts each source's events into files. To be run in a process of its own: see
/// <see cref="UnpackProcess"/>.
/// </summary>
public sealed unsafe class TraceUnpacker : IDisposable
{
    /// <summary>How often a damaged trace is read anew with less of it.</summary>
    private const int MostTurns = 4;

    private const int MostSources = 256;
    private const int MostKinds = 64;
    private const int MostLayouts = 4096;

    /// <summary>Says of every trace whose process it is; nobody asked for it.</summary>
    private const string RuntimesOwnProvider = "Microsoft-DotNETCore-EventPipe";

    private readonly string folder;
    private readonly Dictionary<(int Process, uint Instance), SourceSpool> spoolBySource = [];
    private readonly Dictionary<(EventKind Kind, string[] Names), PayloadLayout?> layouts = [];
    private readonly Dictionary<string, ulong> passedOver = new(StringComparer.Ordinal);

    private TraceUnpacker(string folder) => this.folder = folder;

    /// <summary>Reads a trace.</summary>
    /// <param name="path">The trace.</param>
    /// <param name="folder">An empty folder for what is in it.</param>
    /// <returns>How it went, as JSON.</returns>
    /// <exception cref="IOException">It cannot be read, or there is no room.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string Unpack(string path, string folder)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var blocks = WholeBlocks.Find(file);
        var read = blocks.Ends.Count;
        var trace = new UnpackedTrace(blocks.Damage, 0, new Dictionary<string, ulong>());
        string? damage = null;
        for (var turn = 0; turn < MostTurns && read > 0; turn++)
        {
            foreach (var spooled in Directory.EnumerateFiles(folder)) File.Delete(spooled);
            using var stream = new EndedStream(file, blocks.Ends[read - 1], blocks.EndMark);
            trace = Read(stream, folder);
            if (trace.Damage is null) break;

            // What it held back is gone: so once more, without the block that it stopped at.
            damage ??= trace.Damage;
            var stopped = blocks.Ends.Count(end => end <= stream.Position);
            read = Math.Min(read - 1, stopped);
        }

        return JsonSerializer.Serialize(trace with { Damage = damage ?? blocks.Damage ?? trace.Damage }, SpoolJson.Default.UnpackedTrace);
    }

    [SuppressMessage("Design", "CA1031", Justification = "TraceEvent tells of a damaged file by whatever exception it comes upon.")]
    private static UnpackedTrace Read(Stream stream, string folder)
    {
        using var unpacker = new TraceUnpacker(folder);
        try
        {
            using var trace = new EventPipeEventSource(stream);
            trace.Dynamic.All += unpacker.Take;
            trace.Process();
            return new UnpackedTrace(null, trace.EventsLost, unpacker.passedOver);
        }
        catch (Exception exception)
        {
            return new UnpackedTrace(Printable.FirstLine(exception.Message), 0, unpacker.passedOver);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var spool in spoolBySource.Values) spool.Dispose();
    }

    private void Take(TraceEvent found)
    {
        if (found.ProviderName != MirroredSource.ProviderName)
        {
            if (found.ProviderName != RuntimesOwnProvider) PassOver($"of another provider, {Printable.Short(found.ProviderName, 60)}");
            return;
        }

        var payload = new ReadOnlySpan<byte>((void*)found.DataStart, found.EventDataLength);
        var number = (int)found.ID;
        var isTaken = number is MirroredSource.FactsEvent or MirroredSource.ClosedEvent
            ? TakeFacts(found.ProcessID, payload, number == MirroredSource.ClosedEvent)
            : TakeEvent(found, payload);
        if (!isTaken) PassOver($"not as it was expected, number {number}");
    }

    private bool TakeEvent(TraceEvent found, ReadOnlySpan<byte> payload)
    {
        if ((int)found.ID > byte.MaxValue) return false;
        var kind = (EventKind)found.ID;
        if (MirrorLayout.Of(kind) is null || LayoutOf(kind, found.PayloadNames) is not { } layout) return false;
        if (!layout.TryRead(payload, out var mirrored)) return false;
        if (SpoolOf(found.ProcessID, mirrored.Instance, mirrored.Source) is not { } spool) return false;
        spool.Write(mirrored.Count, in mirrored.Record, mirrored.Note);
        return true;
    }

    private bool TakeFacts(int process, ReadOnlySpan<byte> payload, bool isClosed)
    {
        if (payload.Length < sizeof(uint)) return false;
        var instance = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(payload);
        payload = payload[sizeof(uint)..];
        if (!PayloadLayout.TryReadText(ref payload, out var name) || payload.Length < sizeof(ulong)) return false;
        var count = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(payload);
        payload = payload[sizeof(ulong)..];
        if (!PayloadLayout.TryReadText(ref payload, out var facts) || SpoolOf(process, instance, name) is not { } spool) return false;
        spool.Tell(spool.Source with
        {
            Facts = facts,
            CountAtFirst = spool.Source.CountAtFirst ?? count,
            Total = isClosed ? count : spool.Source.Total,
        });
        return true;
    }

    private PayloadLayout? LayoutOf(EventKind kind, string[]? names)
    {
        // By the very array, which TraceEvent has once a kind of event.
        if (names is null) return null;
        if (layouts.TryGetValue((kind, names), out var known)) return known;
        var layout = PayloadLayout.TryCreate(kind, names);
        if (layouts.Count < MostLayouts) layouts.Add((kind, names), layout);
        return layout;
    }

    private SourceSpool? SpoolOf(int process, uint instance, string name)
    {
        if (spoolBySource.TryGetValue((process, instance), out var spool)) return spool;
        if (spoolBySource.Count == MostSources || name.Length == 0) return null;
        spool = new SourceSpool(folder, spoolBySource.Count, new SpooledSource(process, name));
        spoolBySource.Add((process, instance), spool);
        return spool;
    }

    private void PassOver(string what)
    {
        if (passedOver.TryGetValue(what, out var count)) passedOver[what] = count + 1;
        else if (passedOver.Count < MostKinds) passedOver.Add(what, 1);
        else passedOver["others"] = passedOver.GetValueOrDefault("others") + 1;
    }
}
