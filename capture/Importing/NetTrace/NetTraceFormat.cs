using Tracing.Journals;
using Tracing.Journals.Mirror;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.NetTrace;

/// <summary>
/// What .NET's own tools record of a program that mirrors its events: a .nettrace file (microsoft/perfview,
/// src/TraceEvent/EventPipe/NetTraceFormat.md: it begins with "Nettrace").
/// </summary>
internal sealed class NetTraceFormat : IImportFormat
{
    /// <inheritdoc />
    public string Name => "nettrace";

    /// <inheritdoc />
    public bool Recognises(FileStart start) => start.Bytes.Span.StartsWith("Nettrace"u8);

    /// <inheritdoc />
    public IReadOnlyList<IEventReader> Open(string path, IReadOnlyList<EventRecord> declared)
    {
        var folder = Directory.CreateTempSubdirectory("virtio-trace-unpacked-");
        var spools = new List<SpoolReader>();
        try
        {
            var trace = UnpackProcess.Run(path, folder.FullName);
            spools.AddRange(SpoolReader.OpenAll(folder.FullName));
            if (spools.Count == 0)
            {
                throw new IOException(trace.Damage is { } damage
                    ? $"it cannot be read: {damage}"
                    : $"no event of the provider {MirroredSource.ProviderName} is in it; dotnet-trace collect --providers {MirroredSource.ProviderName} records them");
            }

            return Readers(spools, trace, declared);
        }
        catch
        {
            foreach (var spool in spools) spool.Dispose();
            throw;
        }
        finally
        {
            Delete(folder);
        }
    }

    private static List<IEventReader> Readers(List<SpoolReader> spools, UnpackedTrace trace, IReadOnlyList<EventRecord> declared)
    {
        var openEnd = trace.Damage is null
            ? "the recording ends before the source did"
            : $"the file ends before its end: {trace.Damage}";
        var isOfSeveral = spools.Select(spool => spool.Source.Process).Distinct().Count() > 1;
        var readers = spools
            .Select(spool => new MirroredReader(spool, isOfSeveral ? $"{spool.Source.Name}-{spool.Source.Process}" : spool.Source.Name, openEnd))
            .ToList();
        RequireOneRun(readers, spools);
        var remarks = new TraceRemarks(declared, trace, readers[0].Source.Clock);
        return remarks.IsEmpty ? [.. readers] : [.. readers, remarks];
    }

    /// <summary>No rule ever sees two runs at once, and one process may well have made several.</summary>
    private static void RequireOneRun(List<MirroredReader> readers, List<SpoolReader> spools)
    {
        var several = readers.Zip(spools, (reader, spool) => (spool.Source.Process, Run: reader.Run?.RunId))
            .Where(pair => pair.Run is { Length: > 0 })
            .GroupBy(pair => pair.Process)
            .FirstOrDefault(process => process.Distinct().Count() > 1);
        var profiles = readers.Select(reader => reader.Run?.Profile).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (profiles.Length > 1) throw new IOException($"its sources mean different profiles: {string.Join(" and ", profiles)}");
        if (several is not null) throw new IOException($"process {several.Key} made {several.Distinct().Count()} runs while it was recorded; record them one at a time");
    }

    private static void Delete(DirectoryInfo folder)
    {
        try
        {
            // Who has opened the files keeps them.
            folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The system's own cleaning of its temporary folder removes what is left.
        }
    }
}
