using System.Buffers.Binary;
using Tracing.Journals;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Recording;

/// <summary>A damaged or hostile journal gives its sound events, honest losses, or a clear reason.</summary>
public sealed class JournalDamageTests
{
    private const int Records = 600;

    [Fact]
    public void Cut_at_any_byte_of_its_tail_it_gives_an_exact_prefix_and_no_loss()
    {
        using var folder = new TemporaryFolder();
        var (written, bytes) = Make(folder, complete: false);
        var end = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
        var path = folder.PathOf("cut.journal");
        for (var length = end - 400; length <= end; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            var read = Journals.Read(path);
            Assert.Equal(written.Take(read.Count), read);
            Assert.InRange(read.Count, Records - 110, Records);
        }
    }

    [Fact]
    public void Killed_between_any_two_stores_of_a_note_it_gives_what_was_before_and_no_loss()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("driver.journal");
        using (var journal = Journals.Open(path))
        {
            journal.Write(new EventRecord(EventKind.Remark, Actor.Driver, 0), "before");
            journal.Write(new EventRecord(EventKind.Remark, Actor.Driver, 0), new string('x', 2 * JournalFormat.NoteBytesPerRecord));
        }

        // The first event has two records, the second three; the word with the commit mark is a record's third, and stored last.
        const int WordBytes = sizeof(ulong);
        const int Commit = 2;
        int[] order = [0, 1, 3, 4, 5, 6, 7, Commit];
        var whole = File.ReadAllBytes(path);
        var second = JournalFormat.PageBytes + JournalFormat.SegmentHeaderBytes + (2 * EventRecord.SizeInBytes);
        for (var stores = 0; stores < 3 * order.Length; stores++)
        {
            var bytes = whole.ToArray();
            for (var undone = stores; undone < 3 * order.Length; undone++)
            {
                var place = second + (undone / order.Length * EventRecord.SizeInBytes) + (order[undone % order.Length] * WordBytes);
                bytes.AsSpan(place, WordBytes).Clear();
            }

            File.WriteAllBytes(path, bytes);
            Assert.Single(Journals.Read(path));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cut_at_any_border_of_a_record_it_gives_its_events_and_says_what_is_missing(bool complete)
    {
        using var folder = new TemporaryFolder();
        var (written, bytes) = Make(folder, complete);
        var path = folder.PathOf("cut.journal");
        for (var length = 0; length < bytes.Length; length += EventRecord.SizeInBytes)
        {
            File.WriteAllBytes(path, bytes[..length]);
            if (length < JournalFormat.PageBytes)
            {
                Assert.Throws<InvalidDataException>(() => JournalReader.Open(path));
                continue;
            }

            var read = Journals.Read(path);
            var whole = read.Where(text => !Journals.IsLoss(text)).ToList();
            Assert.True(whole.Count == written.Count || !complete || read.Count > whole.Count, $"{length} bytes: nothing is said to be missing");
            AssertInOrder(written, whole);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_flipped_bit_in_a_header_changes_no_event_unsaid(bool complete)
    {
        using var folder = new TemporaryFolder();
        var (written, bytes) = Make(folder, complete);
        var path = folder.PathOf("flipped.journal");
        var segments = Enumerable.Range(0, (bytes.Length - JournalFormat.PageBytes) / JournalFormat.MinSegmentBytes)
            .Select(index => JournalFormat.PageBytes + (index * JournalFormat.MinSegmentBytes));
        foreach (var place in segments.SelectMany(start => Enumerable.Range(start, 17)).Concat(Enumerable.Range(0, JournalFormat.LostOffset)))
        {
            // The count of lost events behind that only says how many a loss stands for that is an event itself.
            for (var bit = 0; bit < 8; bit++)
            {
                bytes[place] ^= (byte)(1 << bit);
                File.WriteAllBytes(path, bytes);
                bytes[place] ^= (byte)(1 << bit);
                List<string> read;
                try
                {
                    read = Journals.Read(path);
                }
                catch (InvalidDataException)
                {
                    continue;
                }

                var isSaid = read.Exists(Journals.IsLoss);
                Assert.True(isSaid || read.SequenceEqual(written), $"byte {place}, bit {bit}: {read.Count} of {written.Count} events, and no loss");
            }
        }
    }

    [Fact]
    public void A_cut_in_a_complete_journal_is_a_loss_with_its_count()
    {
        using var folder = new TemporaryFolder();
        var (written, bytes) = Make(folder, complete: true);
        var path = folder.PathOf("cut.journal");
        File.WriteAllBytes(path, bytes[..(bytes.Length - JournalFormat.MinSegmentBytes)]);

        var read = Journals.Read(path);

        Assert.Equal(written.Take(read.Count - 1), read.SkipLast(1));
        Assert.StartsWith($"recorder/0 loss value={Records - read.Count + 1} ", read[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_flipped_bit_in_a_closed_segment_is_a_loss_of_that_segment_with_its_count()
    {
        using var folder = new TemporaryFolder();
        var (written, bytes) = Make(folder, complete: true);
        var path = folder.PathOf("flipped.journal");
        var random = new Random(1);
        for (var attempt = 0; attempt < 100 * TestScale.Seeds; attempt++)
        {
            var place = JournalFormat.PageBytes + random.Next(JournalFormat.MinSegmentBytes);
            if (IsUnused(place - JournalFormat.PageBytes, bytes)) continue;
            bytes[place] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bytes);
            var original = File.ReadAllBytes(folder.PathOf("driver.journal"));
            var read = Journals.Read(path);
            bytes[place] = original[place];

            Assert.True(Journals.IsLoss(read[0]), $"byte {place}: {read[0]}");
            Assert.Contains("segment 0", read[0], StringComparison.Ordinal);
            Assert.Equal(written.TakeLast(read.Count - 1), read.Skip(1));
            Assert.StartsWith($"recorder/0 loss value={Records - read.Count + 1} ", read[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_flipped_bit_in_an_open_segment_never_passes_for_the_event()
    {
        using var folder = new TemporaryFolder();
        var (written, bytes) = Make(folder, complete: false);
        var path = folder.PathOf("flipped.journal");
        var random = new Random(2);
        var end = bytes.AsSpan().LastIndexOfAnyExcept((byte)0);
        var unused = (end - JournalFormat.PageBytes) % JournalFormat.MinSegmentBytes;
        if (unused < JournalFormat.SegmentHeaderBytes) end -= unused + 1; // the header of a segment prepared, but not used
        end = bytes.AsSpan(0, end).LastIndexOfAnyExcept((byte)0);
        var last = end - ((end - JournalFormat.PageBytes) % JournalFormat.MinSegmentBytes);
        for (var attempt = 0; attempt < 100 * TestScale.Seeds; attempt++)
        {
            var place = random.Next(last + JournalFormat.SegmentHeaderBytes, end);
            var flip = (byte)(1 << random.Next(8));
            bytes[place] ^= flip;
            File.WriteAllBytes(path, bytes);
            bytes[place] ^= flip;

            // Each record's check finds every single flipped bit; the events around it stay.
            foreach (var text in Journals.Read(path)) Assert.True(Journals.IsLoss(text) || written.Contains(text), text);
        }
    }

    [Theory]
    [InlineData(0, 0x00, "magic")]
    [InlineData(8, 0x02, "format 2")]
    [InlineData(16, 0x80, "records of 128 bytes")]
    [InlineData(13, 0xff, "header of")]
    [InlineData(24, 0x01, "segments of")]
    [InlineData(100, 0xff, "CRC-32C")]
    public void A_wrong_header_has_a_clear_reason(int place, byte value, string reason)
    {
        using var folder = new TemporaryFolder();
        var (_, bytes) = Make(folder, complete: true);
        bytes[place] = value;
        var path = folder.PathOf("wrong.journal");
        File.WriteAllBytes(path, bytes);

        var exception = Assert.Throws<InvalidDataException>(() => JournalReader.Open(path));

        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_kinds_and_values_are_losses_of_one_event()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("driver.journal");
        using (var journal = Journals.Open(path))
        {
            var good = new EventRecord(EventKind.Remark, Actor.Driver, 0);
            journal.Write(in good);
            journal.Write(new EventRecord((EventKind)200, Actor.Driver, 0));
            journal.Write(good with { Part = (Part)99 });
            journal.Write(good with { Presence = 1u << 30 });
            journal.Write(in good);
            journal.Complete();
        }

        var read = Journals.Read(path);

        Assert.Equal(5, read.Count);
        Assert.Contains("event kind 200 is unknown", read[1], StringComparison.Ordinal);
        Assert.Contains("part 99 is unknown", read[2], StringComparison.Ordinal);
        Assert.Contains("presence mask", read[3], StringComparison.Ordinal);
        Assert.All(read[1..4], text => Assert.StartsWith("recorder/0 loss value=1 ", text, StringComparison.Ordinal));
        Assert.False(Journals.IsLoss(read[4]));
    }

    [Fact]
    public void A_hole_in_the_middle_is_a_loss_with_its_count()
    {
        using var folder = new TemporaryFolder();
        var (written, bytes) = Make(folder, complete: false);
        var hole = JournalFormat.PageBytes + JournalFormat.MinSegmentBytes;
        bytes.AsSpan(hole, JournalFormat.MinSegmentBytes).Clear();
        var path = folder.PathOf("hole.journal");
        File.WriteAllBytes(path, bytes);

        var read = Journals.Read(path);

        var loss = Assert.Single(read, Journals.IsLoss);
        Assert.StartsWith($"recorder/0 loss value={Records - read.Count + 1} ", loss, StringComparison.Ordinal);
        var place = read.IndexOf(loss);
        Assert.Equal(written.Take(place), read.Take(place));
        Assert.Equal(written.TakeLast(read.Count - place - 1), read.Skip(place + 1));
    }

    [Fact]
    public void An_end_mark_that_counts_too_much_is_a_loss()
    {
        using var folder = new TemporaryFolder();
        var (_, bytes) = Make(folder, complete: true);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(JournalFormat.EventsOffset), ulong.MaxValue);
        var path = folder.PathOf("lying.journal");
        File.WriteAllBytes(path, bytes);

        var read = Journals.Read(path);

        Assert.StartsWith($"recorder/0 loss value={ulong.MaxValue - Records} ", read[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Random_bytes_behind_a_sound_header_never_throw()
    {
        using var folder = new TemporaryFolder();
        var (_, bytes) = Make(folder, complete: true);
        var path = folder.PathOf("hostile.journal");
        for (var seed = 0; seed < 20 * TestScale.Seeds; seed++)
        {
            var random = new Random(seed);
            var hostile = bytes.ToArray();
            for (var change = random.Next(200); change > 0; change--)
                hostile[random.Next(JournalFormat.EndMarkOffset, JournalFormat.TextOffset)] = (byte)random.Next(256);
            random.NextBytes(hostile.AsSpan(JournalFormat.PageBytes + random.Next(hostile.Length - JournalFormat.PageBytes)));
            File.WriteAllBytes(path, hostile);

            Assert.InRange(Journals.Read(path).Count, 0, 2 * Records);
        }
    }

    private static void AssertInOrder(List<string> written, List<string> read)
    {
        var place = 0;
        foreach (var text in read)
        {
            place = written.IndexOf(text, place) + 1;
            Assert.True(place > 0, text);
        }
    }

    private static (List<string> Written, byte[] Bytes) Make(TemporaryFolder folder, bool complete)
    {
        var path = folder.PathOf("driver.journal");
        List<string> written;
        using (var journal = Journals.Open(path))
        {
            written = Journals.Fill(journal, Records, seed: 3);
            if (complete) journal.Complete();
        }

        return (written, File.ReadAllBytes(path));
    }

    /// <summary>Whether a byte of a segment means nothing: the rest of its header, and what lies behind its last record.</summary>
    private static bool IsUnused(int place, byte[] bytes)
    {
        var records = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(JournalFormat.PageBytes + 8));
        return place is >= 17 and < JournalFormat.SegmentHeaderBytes
            || place >= JournalFormat.SegmentHeaderBytes + (records * EventRecord.SizeInBytes);
    }
}
