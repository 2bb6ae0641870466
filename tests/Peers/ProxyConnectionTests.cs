using Microsoft.Win32.SafeHandles;
using Tracing.Peers.PciProxy;
using Tracing.Schemas;
using Tracing.Virtio;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>What is no message of the proxy protocol, or cannot be, is refused with a reason, and nothing of it is kept.</summary>
public sealed class ProxyConnectionTests : IDisposable
{
    private readonly ProxyBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_right_conversation_has_its_request_served()
    {
        bench.Say(bench.Conversation);

        Assert.Null(await bench.Serve());
        Assert.Equal(1, RequestInMemory.UsedIndex(bench.Guest));
        Assert.Single(bench.Sink.Of(EventKind.Interrupt));
        bench.RequireNothingHeld();
    }

    [Theory]
    [InlineData("command 8", "command 8; a number from 0 to 7")]
    [InlineData("command -1", "command -1; a number from 0 to 7")]
    [InlineData("an answer", "command 1; a number from 0 to 7 that is no answer")]
    [InlineData("huge", "BarRead with a payload of 18446744073709551615 bytes; 24 were expected")]
    [InlineData("of another type", "ConfigRead with a payload of 24 bytes; 12 were expected")]
    [InlineData("no payload", "SyncSystemMemory with a payload of 0 bytes; 192 were expected")]
    [InlineData("a payload too much", "Reset with a payload of 8 bytes; 0 were expected")]
    [InlineData("config width 8", "ConfigRead of 8 bytes; 1, 2 or 4 were expected")]
    [InlineData("config width 0", "ConfigWrite of 0 bytes; 1, 2 or 4 were expected")]
    [InlineData("BAR width 3", "BarRead of 3 bytes; 1, 2, 4 or 8 were expected")]
    [InlineData("BAR width -1", "BarWrite of -1 bytes; 1, 2, 4 or 8 were expected")]
    [InlineData("text", "command")]
    public async Task A_malformed_message_is_refused(string kind, string expected)
    {
        bench.Say(bench.Conversation.Take(8).ToList());
        bench.Say(Malformed(kind));

        Assert.Contains(expected, await bench.Serve(), StringComparison.Ordinal);
        bench.RequireNothingHeld();
    }

    [Fact]
    public async Task A_conversation_may_be_cut_anywhere()
    {
        var whole = bench.Conversation.SelectMany(said => said.Bytes).Count();
        for (var cut = 0; cut < whole; cut += 11)
        {
            using var other = new ProxyBench();
            var (beginning, endsBetween) = Said.Cut(other.Conversation, cut);
            other.Say(beginning);

            var reason = await other.Serve();
            if (endsBetween) Assert.Null(reason);
            else Assert.Contains("closed in the middle of a message", reason, StringComparison.Ordinal);
            other.RequireNothingHeld();
        }
    }

    [Theory]
    [InlineData("9 for memory", "SyncSystemMemory with 9 descriptors; at most 8 were expected")]
    [InlineData("1 for 2 ranges", "SyncSystemMemory with 1 descriptors and a range behind them")]
    [InlineData("none for a range", "SyncSystemMemory with 0 descriptors and a range behind them")]
    [InlineData("3 for the pin", "SetInterruptDescriptors with 3 descriptors; at most 2 were expected")]
    [InlineData("1 for a read", "ConfigRead with 1 descriptors; at most 0 were expected")]
    public async Task A_wrong_count_of_descriptors_is_refused(string kind, string expected)
    {
        var part = ProxyBench.Memory;
        var (message, count) = kind switch
        {
            "9 for memory" => (ProxyWire.Table(part), 9),
            "1 for 2 ranges" => (ProxyWire.Table(part with { Bytes = 0x1000 }, part with { Guest = 0, Bytes = 0x1000 }), 1),
            "none for a range" => (ProxyWire.Table(part), 0),
            "3 for the pin" => (ProxyWire.Message(ProxyCommand.SetInterruptDescriptors), 3),
            _ => (ProxyWire.ReadConfig(0, 2), 1),
        };
        bench.Say(message, [.. Enumerable.Repeat(bench.Guest, count)]);

        Assert.Contains(expected, await bench.Serve(), StringComparison.Ordinal);
        bench.RequireNothingHeld();
    }

    [Fact]
    public async Task Descriptors_that_come_without_end_are_refused_before_there_are_no_more()
    {
        var message = ProxyWire.Table(ProxyBench.Memory);
        SafeFileHandle[] many = [.. Enumerable.Repeat(bench.Guest, 30)];
        foreach (var part in message.Take(10)) bench.Say([part], many);

        Assert.Contains("descriptors", await bench.Serve(), StringComparison.Ordinal);
        bench.RequireNothingHeld();
    }

    [Theory]
    [InlineData("past its file", "of a file of 0x8000 bytes")]
    [InlineData("no bytes", "0x0 bytes")]
    [InlineData("past 2^64", "no range of the bus")]
    [InlineData("past 2^63", "bytes")]
    [InlineData("negative offset", "a range was expected")]
    [InlineData("overlapping", "overlaps")]
    public async Task Memory_that_cannot_be_is_refused(string kind, string expected)
    {
        var good = ProxyBench.Memory;
        GuestPart[] parts = kind switch
        {
            "past its file" => [good with { Offset = 0x1000 }],
            "no bytes" => [good with { Bytes = 0 }],
            "past 2^64" => [good with { Guest = ulong.MaxValue - 0xfff }],
            "past 2^63" => [good with { Bytes = ulong.MaxValue }],
            "negative offset" => [good with { Offset = ulong.MaxValue - 0xfff }],
            _ => [good, good with { Guest = good.Guest + 0x1000 }],
        };
        bench.Say(ProxyWire.Table(parts), [.. parts.Select(_ => bench.Guest)]);

        Assert.Contains(expected, await bench.Serve(), StringComparison.Ordinal);
        bench.RequireNothingHeld();
    }

    [Theory]
    [MemberData(nameof(NoMemory))]
    public async Task A_descriptor_that_is_no_memory_is_refused_as_memory(string kind)
    {
        using var file = PassedFile.Wrong(kind);
        bench.Say(ProxyWire.Table(ProxyBench.Memory with { Bytes = 0x100 }), file);

        Assert.Contains("the peer's memory table cannot be used", await bench.Serve(), StringComparison.Ordinal);
        bench.RequireNothingHeld(file);
    }

    [Theory]
    [MemberData(nameof(NoEventFd))]
    public async Task A_descriptor_that_carries_no_notifications_is_refused_as_the_pin(string kind)
    {
        using var file = PassedFile.Wrong(kind);
        bench.Say(ProxyWire.Message(ProxyCommand.SetInterruptDescriptors), file, bench.Resample);

        Assert.Contains("no eventfd", await bench.Serve(), StringComparison.Ordinal);
        bench.RequireNothingHeld(file);
    }

    [Fact]
    public async Task Accesses_where_nothing_is_are_answered_and_change_nothing()
    {
        bench.Say(bench.Conversation);
        foreach (var address in new[] { 0UL, ProxyBench.Registers - 1, ProxyBench.Region + 4095, ulong.MaxValue, ulong.MaxValue - 7 })
        {
            bench.Say(ProxyWire.ReadBar(address, 8));
            bench.Say(ProxyWire.WriteBar(address, 8, ulong.MaxValue));
        }

        foreach (var offset in new uint[] { 255, 256, uint.MaxValue, uint.MaxValue - 3, (uint)int.MaxValue })
        {
            bench.Say(ProxyWire.ReadConfig(offset, 4));
            bench.Say(ProxyWire.WriteConfig(offset, 4, uint.MaxValue));
        }

        Assert.Null(await bench.Serve());
        Assert.Equal(DeviceStatus.None, bench.Device.Status & DeviceStatus.NeedsReset);
    }

    [Fact]
    public async Task Memory_that_is_taken_away_from_a_live_queue_is_an_error_of_that_queue()
    {
        var conversation = bench.Conversation.ToList();
        conversation.Insert(conversation.FindIndex(said => said.Bytes.SequenceEqual(ProxyWire.WriteBar(ProxyBench.Registers + 0x1000, 2, 0))), new(ProxyWire.Table()));
        bench.Say(conversation);

        Assert.Null(await bench.Serve());
        Assert.Contains("where no memory is", bench.Sink.LastNoteOf(EventKind.DeviceError), StringComparison.Ordinal);
        Assert.NotEqual(DeviceStatus.None, bench.Device.Status & DeviceStatus.NeedsReset);
    }

    public static TheoryData<string> NoMemory() => [.. PassedFile.NoMemory];

    public static TheoryData<string> NoEventFd() => [.. PassedFile.NoEventFd];

    private static byte[] Malformed(string kind) => kind switch
    {
        "command 8" => ProxyWire.Header(8, 0),
        "command -1" => ProxyWire.Header(-1, 0),
        "an answer" => ProxyWire.Message(ProxyCommand.Return, new byte[8]),
        "huge" => ProxyWire.Header((int)ProxyCommand.BarRead, ulong.MaxValue),
        "of another type" => ProxyWire.Message(ProxyCommand.ConfigRead, new byte[24]),
        "no payload" => ProxyWire.Message(ProxyCommand.SyncSystemMemory),
        "a payload too much" => ProxyWire.Message(ProxyCommand.Reset, new byte[8]),
        "config width 8" => ProxyWire.ReadConfig(0, 8),
        "config width 0" => ProxyWire.WriteConfig(0, 0, 0),
        "BAR width 3" => ProxyWire.ReadBar(ProxyBench.Registers, 3),
        "BAR width -1" => ProxyWire.WriteBar(ProxyBench.Registers, -1, 0),
        "text" => "GET / HTTP/1.1\r\nHost: nowhere\r\n\r\n"u8.ToArray(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such message."),
    };
}
