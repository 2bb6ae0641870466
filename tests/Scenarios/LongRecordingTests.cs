using System.Globalization;
using Tracing.Analysis.Catalog;
using Tracing.Schemas;
using Tracing.Tests.Analysis;
using Tracing.Tests.Judging;
using Xunit;

namespace Tracing.Tests.Scenarios;

/// <summary>Recordings of one side in which the ring indices come round: what bounds hostile ones must not meet them.</summary>
public sealed class LongRecordingTests : IDisposable
{
    /// <summary>More than the 65536 values of an index.</summary>
    private const int Chains = 66_000;

    private readonly TestRun run = new();

    public void Dispose() => run.Dispose();

    // The n-th chain is one descriptor of three that take turns, in the queue of four entries of split-queue.
    [Fact]
    public void A_device_recorded_alone_keeps_its_heads()
    {
        var file = Write(
            "device",
            new("dma_read", "available_index", "65794", 2, Value: "(n + 1) % 65536"),
            new("dma_read", "available_entry", "65796 + n % 4 * 2", 2, Value: "n % 3", Slot: "n % 4"),
            new("dma_read", "descriptor", "65536 + n % 3 * 16", 16, Slot: "n % 3", Target: "131072 + n % 3 * 16"),
            new("dma_write", "payload", "131072 + n % 3 * 16", 16),
            new("dma_write", "used_entry", "66052 + n % 4 * 8", 8, Value: "n % 3", Slot: "n % 4", Size: "16"),
            new("dma_write", "used_index", "66050", 2, Value: "(n + 1) % 65536"));
        AllHold(file, "SPLIT-007", "SPLIT-019", "SPLIT-020", "SPLIT-021", "SPLIT-032");
    }

    [Fact]
    public void A_driver_recorded_alone_keeps_its_chains()
    {
        var file = Write(
            "driver",
            new("store", "descriptor", "65536 + n % 3 * 16", 16, Slot: "n % 3", Target: "131072 + n % 3 * 16"),
            new("store", "available_entry", "65796 + n % 4 * 2", 2, Value: "n % 3", Slot: "n % 4"),
            new("store", "available_index", "65794", 2, Value: "(n + 1) % 65536"),
            new("load", "used_index", "66050", 2, Value: "(n + 1) % 65536"),
            new("load", "used_entry", "66052 + n % 4 * 8", 8, Value: "n % 3", Slot: "n % 4", Size: "16"));
        AllHold(file, "SPLIT-005", "SPLIT-010", "SPLIT-013", "SPLIT-014", "IND-001", "IND-003");
    }

    private static void AllHold(string file, params string[] rules)
    {
        var judged = JudgedRun.Of(file, [.. rules.SelectMany(rule => new[] { "--select", rule })]);
        Assert.Equal(rules.Select(rule => $"{rule} holds"), rules.Select(rule => $"{rule} {judged.Rules[rule].Verdict}"));
        Assert.All(rules, rule => Assert.InRange(judged.Rules[rule].Held, (ulong)Chains, ulong.MaxValue));
    }

    private string Write(string side, params Access[] accesses)
    {
        var other = side == "device" ? Actor.Driver : Actor.Device;
        var begin = QueryCatalog.Load().Given("split-queue").Where(row => row.Actor != other).Select(EventText.Format).ToList();
        return run.Write(
            string.Join('\n', begin),
            change: facts => facts with { Integrity = null },
            sql: string.Concat(accesses.Select((access, nth) => access.ForEachChain(side, begin.Count, nth, accesses.Length)))
                + "create or replace temporary table event as from event order by sequence");
    }

    /// <summary>An access that is made once for each chain, with its columns in SQL.</summary>
    private sealed record Access(
        string Event, string Part, string Address, int Length, string Value = "null", string Slot = "null", string Target = "null", string Size = "null")
    {
        public string ForEachChain(string side, int before, int nth, int accesses)
        {
            var isDescriptor = Part == "descriptor";
            var columns = Columns.All.Select(column => column.Column switch
            {
                Column.Sequence => $"{before + 1 + nth} + n * {accesses}",
                Column.SourceSequence => $"(select count(*) from event where source = '{side}' and sequence <= {before}) + {1 + nth} + n * {accesses}",
                Column.Source or Column.Actor => $"'{side}'",
                Column.Thread or Column.Device or Column.Queue => "0",
                Column.Event => $"'{Event}'",
                Column.Part => $"'{Part}'",
                Column.Address => Address,
                Column.Length => Length.ToString(CultureInfo.InvariantCulture),
                Column.Value => Value,
                Column.Slot => Slot,
                Column.Target => Target,
                Column.Size => isDescriptor ? "16" : Size,
                Column.Flags => isDescriptor ? "2" : "null",
                Column.NextSlot => isDescriptor ? "0" : "null",
                _ => "null",
            });
            return string.Create(CultureInfo.InvariantCulture, $"insert into event select {string.Join(", ", columns)} from range({Chains}) as r(n);\n");
        }
    }
}
