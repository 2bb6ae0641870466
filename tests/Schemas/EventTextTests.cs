using Tracing.Schemas;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Schemas;

/// <summary>The text form loses nothing: every row that an event can be comes back as it was.</summary>
public sealed class EventTextTests
{
    [Fact]
    public void Random_rows_of_every_kind_come_back()
    {
        for (var seed = 0; seed < 20 * TestScale.Seeds; seed++)
        {
            var events = new RandomEvents(seed);
            var random = new Random(seed);
            foreach (var kind in EventKinds.All)
            {
                var row = events.Row(kind);
                if (random.Next(2) == 0) row[Column.Sequence] = (ulong)random.NextInt64();
                if (random.Next(2) == 0) row.TimeNs = random.NextInt64(long.MinValue, long.MaxValue);
                if (random.Next(2) == 0)
                {
                    row.Source = "driver-7";
                    row[Column.SourceSequence] = (ulong)random.NextInt64();
                }

                var text = EventText.Format(row);
                Assert.True(EventText.TryParse(text, out var back, out var reason), $"{reason}: {text}");
                Assert.Equal(text, EventText.Format(back));
                AssertSame(row, back);
            }
        }
    }

    [Fact]
    public void Mutated_lines_never_throw()
    {
        for (var seed = 0; seed < 50 * TestScale.Seeds; seed++)
        {
            var random = new Random(seed);
            var text = EventText.Format(new RandomEvents(seed).Row(EventKinds.All[random.Next(EventKinds.All.Count)])).ToCharArray();
            for (var change = 0; change < 3; change++) text[random.Next(text.Length)] = (char)random.Next(32, 127);

            if (EventText.TryParse(new string(text), out var row, out var reason)) Assert.NotNull(row.Kind);
            else Assert.NotEmpty(reason!);
        }
    }

    private static void AssertSame(EventRow expected, EventRow actual)
    {
        Assert.Equal(expected.Source, actual.Source);
        Assert.Equal(expected.TimeNs, actual.TimeNs);
        Assert.Equal(expected.Note, actual.Note);
        foreach (var definition in Columns.All)
        {
            if (definition.Column is Column.Source or Column.TimeNs or Column.Note) continue;
            Assert.True(expected[definition.Column] == actual[definition.Column], definition.Name);
        }
    }
}
