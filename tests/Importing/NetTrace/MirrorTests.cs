using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Tracing.Capture.Importing.NetTrace;
using Tracing.Journals;
using Tracing.Journals.Mirror;
using Tracing.Schemas;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Importing.NetTrace;

/// <summary>Every kind of event and every column goes through the mirror and comes back.</summary>
public sealed class MirrorTests
{
    private const int Events = 3000;

    [Fact]
    public void Every_kind_and_column_comes_back_as_the_journal_has_it()
    {
        for (var seed = 1; seed <= TestScale.Seeds; seed++)
        {
            using var folder = new TemporaryFolder();
            var name = $"mirrored-{seed}";
            List<string> written;
            using (Listening(folder.PathOf("run.nettrace")))
            {
                using var journal = Recording.Journals.Open(folder.PathOf("driver.journal"), source: name);
                written = Recording.Journals.Fill(journal, Events, seed);
                journal.Complete();
            }

            Assert.Equal(written, Recording.Journals.Read(folder.PathOf("driver.journal")));
            Assert.Equal(written, Unpacked(folder, name));
        }
    }

    [Fact]
    public void A_long_note_is_cut_and_an_event_with_foreign_columns_is_a_hole()
    {
        using var folder = new TemporaryFolder();
        using (Listening(folder.PathOf("run.nettrace")))
        {
            using var sink = new MirrorSink<MonotonicClock>(Recording.Journals.Facts("foreign", MonotonicClock.Facts), default);
            sink.Write(new EventRecord(EventKind.Remark, Actor.Driver, thread: 0), new string('ö', 5000) + "\0");
            sink.Write(new EventRecord(EventKind.StatusPresented, Actor.Device, thread: 0) { Address = 1 });
            sink.Write(new EventRecord(EventKind.Remark, Actor.Driver, thread: 0), "a\0b\ud800c");
            sink.Complete();
            Assert.Equal(3UL, sink.Count);
        }

        var read = Unpacked(folder, "foreign");
        Assert.Equal(
            [$"driver/0 remark note=\"{new string('ö', 1800)}\"", "recorder/0 loss value=1 note=\"events 2 to 2 were lost on their way to the recorder\"", "driver/0 remark note=\"a\ufffdb\ufffdc\""],
            read);
    }

    [Fact]
    public void Nobody_listens_and_the_count_goes_on()
    {
        using var sink = new MirrorSink<VirtualClock>(Recording.Journals.Facts("silent"), new VirtualClock(new VirtualTime()));
        for (var index = 0; index < 10; index++) sink.Write(new EventRecord(EventKind.Barrier, Actor.Driver, thread: 0));
        Assert.Equal(10UL, sink.Count);
    }

    /// <summary>This process records itself, whatever else it does meanwhile.</summary>
    private static Session Listening(string path) => new(path);

    private static List<string> Unpacked(TemporaryFolder folder, string name)
    {
        var spools = Directory.CreateDirectory(folder.PathOf("unpacked")).FullName;
        TraceUnpacker.Unpack(folder.PathOf("run.nettrace"), spools);
        var events = new List<string>();
        foreach (var spool in SpoolReader.OpenAll(spools))
        {
            using var reader = new MirroredReader(spool, spool.Source.Name, "");
            if (reader.Source.Name != name) continue;
            while (reader.Read()) events.Add(Recording.Journals.Text(in reader.Current, reader.Note));
            Assert.True(reader.IsComplete);
        }

        return events;
    }

    private sealed class Session : IDisposable
    {
        private readonly EventPipeSession session = new DiagnosticsClient(Environment.ProcessId).StartEventPipeSession(
            [new EventPipeProvider(MirroredSource.ProviderName, EventLevel.Verbose)], requestRundown: false);

        private readonly Task copying;

        public Session(string path) => copying = Task.Run(() =>
        {
            using var file = File.Create(path);
            session.EventStream.CopyTo(file);
        });

        public void Dispose()
        {
            session.Stop();
            copying.Wait();
            session.Dispose();
        }
    }
}
