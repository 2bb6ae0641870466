using System.Text;
using Tracing.Capture.Importing.Qtest;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>QEMU's qtest log, in lines of the shapes that QEMU 7.2 writes.</summary>
public sealed class QtestTests
{
    /// <summary>A virtio-blk function whose BAR 4 lies at 0xe0000000, with its common and its notification structure, and a queue of four.</summary>
    private static readonly string placed = Conversation(
        "outl 0xcf8 0x80001000", "inl 0xcfc > 0x10421af4",
        "outl 0xcf8 0x80001020", "outl 0xcfc 0xffffffff", "inl 0xcfc > 0xffffc00c", "outl 0xcfc 0xe0000000",
        "outl 0xcf8 0x80001034", "inb 0xcfc > 0x40",
        "outl 0xcf8 0x80001040", "inl 0xcfc > 0x01145009",
        "outl 0xcf8 0x80001044", "inb 0xcfc > 0x04", "outl 0xcf8 0x80001048", "inl 0xcfc > 0x0", "outl 0xcf8 0x8000104c", "inl 0xcfc > 0x1000",
        "outl 0xcf8 0x80001050", "inl 0xcfc > 0x02140009",
        "outl 0xcf8 0x80001054", "inb 0xcfc > 0x04", "outl 0xcf8 0x80001058", "inl 0xcfc > 0x3000", "outl 0xcf8 0x8000105c", "inl 0xcfc > 0x1000",
        "writeb 0xe0000014 0x0", "readb 0xe0000014 > 0x0000000000000000",
        "writew 0xe0000016 0x0", "writew 0xe0000018 0x4",
        "writeq 0xe0000020 0x10000", "writel 0xe0000028 0x11000", "writel 0xe000002c 0x0", "writel 0xe0000030 0x12000", "writel 0xe0000034 0x0");

    [Fact]
    public void Registers_get_their_names_by_the_capabilities_that_were_read()
    {
        var imported = Imported.Of(new QtestImporter(), placed + Conversation("writew 0xe0003000 0x1"));

        Assert.Equal(2UL, Assert.Single(imported.Of(EventKind.DeviceAppeared)).Value);
        Assert.Equal([1UL, 2UL], imported.Of(EventKind.Capability).Select(record => record.Value!.Value));
        var writes = imported.Of(EventKind.RegisterWrite).Where(record => record.AddressSpace == AddressSpace.Bar).ToList();
        Assert.Equal([
            RegisterName.DeviceStatus, RegisterName.QueueSelect, RegisterName.QueueSize, RegisterName.QueueDesc, RegisterName.QueueDriverLow,
            RegisterName.QueueDriverHigh, RegisterName.QueueDeviceLow, RegisterName.QueueDeviceHigh], writes.Select(record => record.RegisterName!.Value));
        Assert.All(writes, record => Assert.Equal(Actor.Driver, record.Actor));
        Assert.Equal(1, Assert.Single(imported.Of(EventKind.Doorbell)).Queue);
        Assert.Contains("driver.register_write", imported.Source.Sees);
        Assert.DoesNotContain("driver.store", imported.Source.Sees);
    }

    [Fact]
    public void Memory_of_a_queue_is_descriptors_entries_and_indices_and_the_index_comes_last()
    {
        var imported = Imported.Of(new QtestImporter(), placed + Conversation(
            "write 0x10010 0x10 0x00400000000000000010000003000200",
            "write 0x11000 0x6 0x000001000100",
            "readw 0x12002 > 0x0001",
            "read 0x12004 0x8 > 0x0100000001100000"));

        var descriptor = imported.Of(EventKind.Store).First();
        Assert.Equal(
            (Part.Descriptor, (ushort?)1, 0x4000UL, 0x1000u, (ushort?)3, (ushort?)2),
            (descriptor.Part!.Value, descriptor.Slot, descriptor.Target!.Value, descriptor.Size!.Value, descriptor.Flags, descriptor.NextSlot));
        Assert.Equal([Part.AvailableFlags, Part.AvailableEntry, Part.AvailableIndex], imported.Of(EventKind.Store).Skip(1).Select(record => record.Part!.Value));
        var used = imported.Of(EventKind.Load).Last();
        Assert.Equal((Part.UsedEntry, 1UL, 0x1001u), (used.Part!.Value, used.Value!.Value, used.Size!.Value));
    }

    [Fact]
    public void A_descriptor_in_pieces_has_the_fields_that_each_piece_has()
    {
        var imported = Imported.Of(new QtestImporter(), placed + Conversation("writeq 0x10000 0x4000", "writel 0x10008 0x10", "writew 0x1000c 0x1", "writew 0x1000e 0x2"));

        Assert.Equal(
            [(0x4000UL, null, null, null), (null, 0x10u, null, null), (null, null, (ushort)1, null), (null, null, null, (ushort)2)],
            imported.Of(EventKind.Store).Select(record => (record.Target, record.Size, record.Flags, record.NextSlot)).ToList<(ulong?, uint?, ushort?, ushort?)>());
    }

    [Fact]
    public void A_packed_ring_has_descriptors_and_event_structures()
    {
        var imported = Imported.Of(new QtestImporter(), placed + Conversation(
            "writel 0xe0000008 0x1", "writel 0xe000000c 0x5",
            "write 0x10020 0x10 0x00400000000000000010000007008000", "writel 0x11000 0x1", "readl 0x12000 > 0x2"));

        var descriptor = imported.Of(EventKind.Store).First();
        Assert.Equal((Part.PackedDescriptor, (ushort?)2, (ushort?)0x80, (ushort?)7), (descriptor.Part!.Value, descriptor.Slot, descriptor.Flags, descriptor.NextSlot));
        Assert.Equal(Part.DriverEvent, imported.Of(EventKind.Store).Last().Part);
        Assert.Equal((Part.DeviceEvent, 2UL), (imported.Of(EventKind.Load).Single().Part!.Value, imported.Of(EventKind.Load).Single().Value!.Value));
    }

    [Fact]
    public void An_area_that_is_zeroed_is_one_store()
    {
        var imported = Imported.Of(new QtestImporter(), placed + Conversation("memset 0x10000 0x3000 0x0"));

        Assert.Equal([Part.DescriptorArea, Part.DriverArea, Part.DeviceArea], imported.Of(EventKind.Store).Select(record => record.Part!.Value));
    }

    [Fact]
    public void What_failed_had_no_effect_and_what_has_no_answer_is_counted()
    {
        var imported = Imported.Of(new QtestImporter(), placed + """
            [R +1.000000] writew 0xe0003000 0x1
            [S +1.000001] IRQ raise 22
            [S +1.000002] FAIL Unknown command
            [R +1.000003] writew 0xe0003000 0x1
            [R +1.000004] writew 0xe0003000 0x2
            [S +1.000005] OK
            hello
            """);

        Assert.Equal(2, Assert.Single(imported.Of(EventKind.Doorbell)).Queue);
        Assert.Equal(1_000_004_000, imported.Of(EventKind.Doorbell).Single().Time);
        Assert.Equal(
            [
                "1 lines gave no event: a command failed; the first is '[R +1.000000] writew 0xe0003000 0x1'",
                "1 lines gave no event: a command without an answer; the first is '[R +1.000003] writew 0xe0003000 0x1'",
                "1 lines gave no event: an interrupt line, of which nothing says whose it is; the first is '[S +1.000001] IRQ raise 22'",
                "1 lines gave no event: no line of a qtest log; the first is 'hello'",
            ],
            imported.Events.Where(entry => entry.Note?.Contains("something else", StringComparison.Ordinal) == false && entry.Record.Kind == EventKind.Remark)
                .Select(entry => entry.Note));
    }

    [Fact]
    public void Mutated_logs_do_no_harm()
    {
        var whole = Encoding.Latin1.GetBytes(placed + Conversation(
            "write 0x10010 0x10 0x00400000000000000010000003000200", "b64write 0x11000 0x3 AAAB", "memset 0x10000 0x3000 0x0", "readq 0x12002 > 0xffffffffffffffff",
            "b64read 0x12000 0x3 > AAAB", "writeq 0xe0000028 0xffffffffffffff00", "write 0xfffffffffffffff8 0x10 0x00400000000000000010000003000200"));
        Mutation.Run(whole, bytes => Assert.True(Imported.Of(new QtestImporter(), bytes).IsComplete));
    }

    /// <summary>Commands and answers; what stands behind '>' is what a read gave.</summary>
    private static string Conversation(params string[] exchanges)
    {
        var text = new StringBuilder();
        foreach (var exchange in exchanges)
        {
            var parts = exchange.Split(" > ");
            text.Append("[R +0.000100] ").Append(parts[0]).Append("\n[S +0.000101] OK").Append(parts.Length > 1 ? " " + parts[1] : "").Append('\n');
        }

        return text.ToString();
    }
}
