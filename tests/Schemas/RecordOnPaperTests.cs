using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Schemas;

/// <summary>The situations written down in decision 0003 are lines that parse, fit a record, and come back unchanged.</summary>
public sealed class RecordOnPaperTests
{
    public static TheoryData<string> Lines()
    {
        var data = new TheoryData<string>();
        var inEvents = false;
        foreach (var line in Repository.Read("docs", "decisions", "0003-event-record.md").Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inEvents = line == "```events";
            else if (inEvents) data.Add(line);
        }

        return data;
    }

    [Fact]
    public void The_page_has_many_situations() => Assert.True(Lines().Count > 40);

    [Theory]
    [MemberData(nameof(Lines))]
    public void Every_situation_fits_a_record(string line)
    {
        Assert.True(EventText.TryParse(line, out var row, out var reason), reason);
        Assert.True(row.TryToRecord(out var record, out reason), reason);

        var back = EventRow.FromRecord(in record, row.Note);
        back[Column.SourceSequence] = null; // a sink sets it
        if (row[Column.Thread] is null) back[Column.Thread] = null;

        Assert.Equal(EventText.Format(row), EventText.Format(back));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void Every_situation_carries_only_columns_that_its_kind_declares(string line)
    {
        Assert.True(EventText.TryParse(line, out var row, out var reason), reason);
        Column[] common =
        [
            Column.Sequence, Column.Source, Column.SourceSequence, Column.TimeNs, Column.Actor, Column.Thread, Column.Device,
            Column.Queue, Column.Event, Column.Ordering, Column.OrderingDomain, Column.Note,
        ];
        var allowed = EventKinds.Of(row.Kind!.Value).Columns.Concat(common).ToHashSet();

        var foreign = Columns.All
            .Where(column => column.Column is not (Column.Source or Column.TimeNs or Column.Note))
            .Where(column => row[column.Column] is not null && !allowed.Contains(column.Column))
            .Select(column => column.Name);

        Assert.Empty(foreign);
    }
}
