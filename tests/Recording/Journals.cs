using Tracing.Capture.Recording;
using Tracing.Journals;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Recording;

/// <summary>Writes and reads journals for tests.</summary>
internal static class Journals
{
    public static RunFacts Facts(string source, ClockFacts? clock = null) => new()
    {
        RunId = "00000000-0000-8000-8000-000000000001",
        Producer = "test",
        Sources = [new SourceFacts(source, clock ?? VirtualClock.Facts, [$"{source}.*"], 0)],
    };

    public static JournalWriter<VirtualClock> Open(string path, VirtualTime? time = null, string source = "driver")
        => new(path, Facts(source), new VirtualClock(time ?? new VirtualTime()), JournalFormat.MinSegmentBytes);

    /// <summary>Seals a folder of journals.</summary>
    public static SealedRun Seal(string folder, string target)
        => JournalFolder.Seal([folder], target, TestContext.Current.CancellationToken);

    /// <summary>Writes random events; what was written, as text.</summary>
    public static List<string> Fill(IJournal journal, int count, int seed)
    {
        var events = new RandomEvents(seed);
        var written = new List<string>();
        for (var index = 0; index < count; index++)
        {
            var (record, note) = events.Next();
            journal.Write(in record, note);
            written.Add(Text(in record, note));
        }

        return written;
    }

    public static List<string> Read(string path)
    {
        var events = new List<string>();
        using var reader = JournalReader.Open(path);
        ulong expected = 1;
        while (reader.Read())
        {
            if (reader.Count < expected) throw new InvalidOperationException($"count {reader.Count} behind {expected - 1}");
            expected = reader.Count + 1;
            events.Add(Text(in reader.Current, reader.Note));
        }

        return events;
    }

    /// <summary>An event as text, without what the sink adds.</summary>
    public static string Text(in EventRecord record, string? note)
    {
        var row = EventRow.FromRecord(in record, note);
        row.TimeNs = null;
        row[Column.SourceSequence] = null;
        return EventText.Format(row);
    }

    public static bool IsLoss(string text) => text.StartsWith("recorder/0 loss", StringComparison.Ordinal);
}
