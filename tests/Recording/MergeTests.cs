using Tracing.Capture.Recording;
using Tracing.Journals;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Recording;

/// <summary>Where clocks do not order exactly, causes still stand before what they caused.</summary>
public sealed class MergeTests
{
    private const ulong IndexAddress = 0x1002;

    [Fact]
    public void A_load_stands_behind_the_store_whose_value_it_saw()
    {
        var store = new EventRecord(EventKind.Store, Actor.Driver, 0) { Part = Part.AvailableIndex, AddressSpace = AddressSpace.Bus, Address = IndexAddress, Value = 1 };
        var load = new EventRecord(EventKind.DmaRead, Actor.Device, 0) { Part = Part.AvailableIndex, AddressSpace = AddressSpace.Bus, Address = IndexAddress, Value = 1 };

        var run = Seal(("driver", [(2000, store)], 1000), ("device", [(1000, load)], 1000));

        Assert.Equal([EventKind.Store, EventKind.DmaRead], run.Kinds);
        Assert.Equal("causal", run.Order.Order);
    }

    [Fact]
    public void An_acquire_stands_behind_its_release()
    {
        var release = new EventRecord(EventKind.HandoverRelease, Actor.Driver, 0) { SyncId = 7 };
        var acquire = new EventRecord(EventKind.HandoverAcquire, Actor.Driver, 1) { SyncId = 7 };

        var run = Seal(("driver-0", [(2000, release)], null), ("driver-1", [(1000, acquire)], null));

        Assert.Equal([EventKind.HandoverRelease, EventKind.HandoverAcquire], run.Kinds);
        Assert.Equal("causal", run.Order.Order);
    }

    [Fact]
    public void A_cause_that_is_lost_is_not_waited_for()
    {
        var acquire = new EventRecord(EventKind.HandoverAcquire, Actor.Driver, 1) { SyncId = 7 };
        var remark = new EventRecord(EventKind.Remark, Actor.Driver, 0);

        var run = Seal(("driver-0", [(1_000_000_000, remark)], 10), ("driver-1", [(1000, acquire)], 10));

        Assert.Equal([EventKind.HandoverAcquire, EventKind.Remark], run.Kinds);
        Assert.Equal(new SourceOrder("driver-0", "driver-1", "time", 20), run.Order);
    }

    [Fact]
    public void Clocks_that_nobody_compared_order_nothing()
    {
        var remark = new EventRecord(EventKind.Remark, Actor.Driver, 0);

        var run = Seal(("driver", [(5, remark)], null), ("device", [(3, remark)], 10));

        Assert.Equal("none", run.Order.Order);
    }

    [Fact]
    public void A_sources_own_order_outranks_its_clock()
    {
        var first = new EventRecord(EventKind.Remark, Actor.Driver, 0) { Value = 1 };
        var second = new EventRecord(EventKind.Remark, Actor.Driver, 0) { Value = 2 };

        var run = Seal(("driver", [(10, first), (5, second), (EventRecord.UnknownTime, first)], 0), ("device", [(8, second)], 0));

        Assert.Equal(["device:1", "driver:1", "driver:2", "driver:3"], run.Places);
    }

    private static (List<EventKind?> Kinds, List<string> Places, SourceOrder Order) Seal(
        params (string Source, (long Time, EventRecord Record)[] Events, long? UncertaintyNs)[] sources)
    {
        using var folder = new TemporaryFolder();
        var readers = sources.Select(source => (IEventReader)new Script(source.Source, source.Events, source.UncertaintyNs)).ToArray();
        var run = Sealer.Seal(readers, new RunFacts(), folder.PathOf("run.parquet"), TestContext.Current.CancellationToken);
        var rows = ParquetRows.Read(run.Path);
        return (
            [.. rows.Select(row => row.Kind)],
            [.. rows.Select(row => $"{row.Source}:{row[Column.SourceSequence]}")],
            Assert.Single(run.Facts.SourceOrder));
    }

    private sealed class Script(string name, (long Time, EventRecord Record)[] events, long? uncertaintyNs) : IEventReader
    {
        private EventRecord current;

        public SourceFacts Source { get; } = new(name, new ClockFacts("test", 1, 0, uncertaintyNs), ["*"], 0);

        public bool IsComplete => true;

        public ref readonly EventRecord Current => ref current;

        public string? Note => null;

        public ulong Count { get; private set; }

        public bool Read()
        {
            if (Count == (ulong)events.Length) return false;
            current = events[Count].Record;
            current.Time = events[Count].Time;
            Count++;
            return true;
        }

        public void Dispose()
        {
            // A script holds nothing open.
        }
    }
}
