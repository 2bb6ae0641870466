using System.IO.Compression;
using System.Text;
using Tracing.Capture.Importing;
using Tracing.Schemas;

namespace Tracing.Tests.Importing;

/// <summary>What an importer makes of a text.</summary>
internal sealed record Imported(IReadOnlyList<(EventRecord Record, string? Note)> Events, SourceFacts Source, bool IsComplete)
{
    public static Imported Of(ITraceImporter importer, string text) => Of(importer, Encoding.Latin1.GetBytes(text));

    public static Imported Of(ITraceImporter importer, byte[] bytes)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            using var reader = new ImportReader(LineSource.Open(path), importer, []);
            var events = new List<(EventRecord, string?)>();
            while (reader.Read()) events.Add((reader.Current, reader.Note));
            return new Imported(events, reader.Source, reader.IsComplete);
        }
        finally
        {
            File.Delete(path);
        }
    }

    public static byte[] Zipped(string text)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, CompressionLevel.Fastest)) zip.Write(Encoding.Latin1.GetBytes(text));
        return target.ToArray();
    }

    public IEnumerable<EventRecord> Of(EventKind kind) => Events.Where(entry => entry.Record.Kind == kind).Select(entry => entry.Record);
}
