using Tracing.Journals;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Recording;

/// <summary>What is written to a journal is read back, all of it and nothing else.</summary>
public sealed class JournalTests
{
    [Fact]
    public void Every_kind_and_column_comes_back_through_many_segments()
    {
        for (var seed = 0; seed < TestScale.Seeds; seed++)
        {
            using var folder = new TemporaryFolder();
            var path = folder.PathOf("driver.journal");
            List<string> written;
            using (var journal = Journals.Open(path))
            {
                written = Journals.Fill(journal, 4000, seed);
                journal.Complete();
                Assert.Equal(4000UL, journal.Count);
                Assert.Equal(0UL, journal.Lost);
            }

            Assert.True(new FileInfo(path).Length > 4 * JournalFormat.MinSegmentBytes);
            Assert.Equal(written, Journals.Read(path));
        }
    }

    [Fact]
    public void The_header_says_what_was_recorded()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("driver.journal");
        using (var journal = Journals.Open(path)) journal.Complete();

        using var reader = JournalReader.Open(path);

        Assert.True(reader.IsComplete);
        Assert.Equal("driver", reader.Source.Name);
        Assert.Equal(VirtualClock.Facts, reader.Source.Clock);
        Assert.Equal(["driver.*"], reader.Source.Sees);
        Assert.False(reader.Read());
    }

    [Fact]
    public void A_recording_that_was_not_completed_is_all_there_but_not_complete()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("driver.journal");
        List<string> written;
        using (var journal = Journals.Open(path)) written = Journals.Fill(journal, 1000, seed: 7);

        using (var reader = JournalReader.Open(path)) Assert.False(reader.IsComplete);
        Assert.Equal(written, Journals.Read(path));
    }

    [Fact]
    public void Times_are_one_tick_an_event_over_all_sources()
    {
        using var folder = new TemporaryFolder();
        var time = new VirtualTime();
        using (var driver = Journals.Open(folder.PathOf("driver.journal"), time))
        using (var device = Journals.Open(folder.PathOf("device.journal"), time, "device"))
        {
            var remark = new EventRecord(EventKind.Remark, Actor.Driver, 0);
            driver.Write(in remark);
            device.Write(in remark, "with a note");
            driver.Write(in remark);
        }

        using var reader = JournalReader.Open(folder.PathOf("driver.journal"));
        Assert.True(reader.Read());
        Assert.Equal(1, reader.Current.Time);
        Assert.True(reader.Read());
        Assert.Equal(3, reader.Current.Time);
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        using var folder = new TemporaryFolder();
        using var journal = new JournalWriter<MonotonicClock>(
            folder.PathOf("driver.journal"), Journals.Facts("driver", MonotonicClock.Facts), default, 1024 * 1024);
        var record = new EventRecord(EventKind.Store, Actor.Driver, 0) { Address = 0x1000, Length = 16 };
        journal.Write(in record);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var index = 0; index < 10_000; index++) journal.Write(in record);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_note_too_long_is_cut_at_a_letter()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("driver.journal");
        using (var journal = Journals.Open(path))
        {
            var remark = new EventRecord(EventKind.Remark, Actor.Driver, 0);
            journal.Write(in remark, new string('本', 5000));
            journal.Complete();
        }

        using var reader = JournalReader.Open(path);
        Assert.True(reader.Read());
        Assert.Equal(new string('本', JournalFormat.MaxNoteBytes / 3), reader.Note);
    }

    [Fact]
    public void The_checksum_is_CRC_32C_by_instruction_and_by_table()
    {
        var bytes = "123456789"u8;

        Assert.Equal(0xe3069283u, Crc32C.Of(bytes));
        Assert.Equal(0xe3069283u, ~Crc32C.ByTable(bytes, ~0u));
        Assert.Equal(Crc32C.Of(bytes), Crc32C.Of(bytes[4..], Crc32C.Of(bytes[..4])));
    }
}
