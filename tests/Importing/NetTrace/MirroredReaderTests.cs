using System.Text;
using Tracing.Capture.Importing.NetTrace;
using Tracing.Journals;
using Tracing.Schemas;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Importing.NetTrace;

/// <summary>What the counts of a source say is missing.</summary>
public sealed class MirroredReaderTests
{
    [Fact]
    public void Nothing_is_missing()
        => AssertEvents(["1 event", "2 event"], isComplete: true, counts: [1, 2], total: 2);

    [Fact]
    public void Holes_and_the_tail_have_their_counts()
        => AssertEvents(["1 event", "2 loss 3", "5 event", "6 loss 4"], isComplete: true, counts: [1, 5], total: 9);

    [Fact]
    public void What_was_before_the_recorder_came_is_told_apart_from_what_was_lost_then()
        => AssertEvents(["1 loss 10", "11 loss 2", "13 event"], isComplete: true, counts: [13], total: 13, first: 10);

    [Fact]
    public void A_recorder_that_came_between_two_counts_has_lost_nothing()
        => AssertEvents(["1 loss 8", "9 event"], isComplete: true, counts: [9], total: 9, first: 10);

    [Fact]
    public void Without_its_end_a_source_has_lost_nobody_knows_how_many()
        => AssertEvents(["1 event", "2 loss"], isComplete: false, counts: [1], total: null);

    [Fact]
    public void A_source_of_which_only_the_end_came_has_lost_everything()
        => AssertEvents(["1 loss 7"], isComplete: true, counts: [], total: 7);

    [Fact]
    public void Counts_that_come_again_or_go_back_are_passed_over_and_an_end_before_them_is_not_believed()
        => AssertEvents(["1 event", "2 loss 2", "4 event", "5 loss"], isComplete: true, counts: [1, 1, 4, 3, 0], total: 2);

    [Fact]
    public void The_largest_counts_are_not_believed_and_overflow_nothing()
    {
        AssertEvents(["1 loss 9223372036854775806", "9223372036854775807 event", "9223372036854775808 loss"], isComplete: false, counts: [long.MaxValue], total: ulong.MaxValue);
        AssertEvents(["1 loss"], isComplete: false, counts: [ulong.MaxValue, 0], total: null);
    }

    private static void AssertEvents(string[] expected, bool isComplete, ulong[] counts, ulong? total, ulong? first = 0)
    {
        using var folder = new TemporaryFolder();
        var facts = Encoding.UTF8.GetString(SourceText.Of(Recording.Journals.Facts("driver")));
        using (var spool = new SourceSpool(folder.Path, 0, new SpooledSource(1, "driver", facts, first, total)))
        {
            foreach (var count in counts) spool.Write(count, new EventRecord(EventKind.Barrier, Actor.Driver, thread: 0), note: null);
        }

        using var reader = new MirroredReader(Assert.Single(SpoolReader.OpenAll(folder.Path)), "driver", "the end is not there");
        var events = new List<string>();
        while (reader.Read())
        {
            events.Add(reader.Current.Kind != EventKind.Loss ? $"{reader.Count} event"
                : reader.Current.Value is { } value ? $"{reader.Count} loss {value}" : $"{reader.Count} loss");
        }

        Assert.Equal(expected, events);
        Assert.Equal(isComplete, reader.IsComplete);
        Assert.Equal(["driver.*"], reader.Source.Sees);
    }
}
