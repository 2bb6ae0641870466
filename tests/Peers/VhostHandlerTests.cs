using Tracing.Peers.VhostUser;
using Tracing.Schemas;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>Messages that are well-formed and make no sense: each is refused with a reason, and the device does nothing.</summary>
public sealed class VhostHandlerTests : IDisposable
{
    private readonly VhostBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("past its file", "of a file of 0x8000 bytes")]
    [InlineData("no bytes", "0x0 bytes")]
    [InlineData("past 2^64", "no range of the bus")]
    [InlineData("past 2^63", "bytes")]
    [InlineData("offset past 2^63", "a range was expected")]
    [InlineData("overlapping", "overlaps")]
    public async Task Memory_that_cannot_be_is_refused(string kind, string expected)
    {
        var good = VhostBench.Memory;
        GuestPart[] parts = kind switch
        {
            "past its file" => [good with { Offset = 0x1000 }],
            "no bytes" => [good with { Bytes = 0 }],
            "past 2^64" => [good with { Guest = ulong.MaxValue - 0xfff }],
            "past 2^63" => [good with { Bytes = ulong.MaxValue }],
            "offset past 2^63" => [good with { Offset = ulong.MaxValue - 0xfff }],
            _ => [good, good with { Guest = good.Guest + 0x1000, FrontEnd = 0 }],
        };
        bench.Say(VhostWire.Table(parts), [.. parts.Select(_ => bench.Guest)]);

        Assert.Contains(expected, await bench.Serve(), StringComparison.Ordinal);
        bench.RequireNothingHeld();
    }

    [Theory]
    [MemberData(nameof(NoMemory))]
    public async Task A_descriptor_that_is_no_memory_is_refused_as_memory(string kind)
    {
        using var file = PassedFile.Wrong(kind);
        bench.Say(VhostWire.OnePart(VhostRequest.AddMemoryRegion, VhostBench.Memory with { Bytes = 0x100 }), file);

        Assert.Contains("the peer's memory region cannot be used", await bench.Serve(), StringComparison.Ordinal);
        bench.RequireNothingHeld(file);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Memory_that_cannot_be_both_read_and_written_is_refused(bool forWriting)
    {
        using var guest = RequestInMemory.Create(VhostBench.Memory.Guest, isSealed: false);
        using var half = PassedFile.Reopen(guest, forWriting);
        bench.Say(VhostBench.SettleFeatures);
        bench.Say([new Said(VhostWire.Table(VhostBench.Memory), half), .. bench.StartOfQueue.Skip(1)]);

        Assert.Contains("read and written", await bench.Serve(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NoEventFd))]
    public async Task A_descriptor_that_carries_no_notifications_is_refused_for_them(string kind)
    {
        foreach (var request in new[] { VhostRequest.SetVringKick, VhostRequest.SetVringCall, VhostRequest.SetVringError })
        {
            using var other = new VhostBench();
            using var file = PassedFile.Wrong(kind);
            other.Say(VhostWire.Message(request, 0), file);

            Assert.Contains("no eventfd", await other.Serve(), StringComparison.Ordinal);
            other.RequireNothingHeld(file);
        }
    }

    [Theory]
    [InlineData("queue of SetVringNum", "SetVringNum: queue 2 of 2")]
    [InlineData("queue of SetVringBase", "SetVringBase: queue 2 of 2")]
    [InlineData("queue of SetVringAddress", "SetVringAddress: queue 2 of 2")]
    [InlineData("queue of SetVringEnable", "SetVringEnable: queue 4294967295 of 2")]
    [InlineData("queue of GetVringBase", "GetVringBase: queue 2 of 2")]
    [InlineData("queue of SetVringKick", "SetVringKick: queue 255 of 2")]
    [InlineData("queue of SetVringCall", "SetVringCall: queue 2 of 2")]
    [InlineData("queue of SetVringError", "SetVringError: queue 2 of 2")]
    [InlineData("size 0", "a queue of 0 entries")]
    [InlineData("size 3", "a queue of 3 entries")]
    [InlineData("size 65536", "a queue of 65536 entries")]
    [InlineData("base 65536", "begins at 65536")]
    [InlineData("areas nowhere", "part of which is in no memory region")]
    [InlineData("a descriptor table outside", "part of which is in no memory region")]
    [InlineData("an available ring outside", "part of which is in no memory region")]
    [InlineData("a used ring outside", "part of which is in no memory region")]
    [InlineData("configuration of 2^31", "2147483648 bytes at 0")]
    [InlineData("configuration of almost 2^31", "2147483647 bytes at 0")]
    [InlineData("configuration of 2^32", "4294967295 bytes at 0")]
    [InlineData("configuration beyond", "at 4294967295")]
    [InlineData("configuration shorter than said", "GetConfig of 60 bytes at 0 in a payload of 52 bytes")]
    [InlineData("removal of nothing", "there is no region of 0x8000 bytes at 0x0")]
    public async Task A_message_that_makes_no_sense_is_refused(string kind, string expected)
    {
        bench.Say(VhostBench.SettleFeatures, bench.StartOfQueue[0]);
        bench.Say(Senseless(kind));

        Assert.Contains(expected, await bench.Serve(), StringComparison.Ordinal);
        Assert.Empty(bench.Sink.Of(EventKind.DmaRead, EventKind.DmaWrite));
        bench.RequireNothingHeld();
    }

    [Theory]
    [InlineData("no features", "before any features")]
    [InlineData("no memory", "no memory region")]
    [InlineData("no size", "has no size")]
    [InlineData("no addresses", "has no addresses")]
    [InlineData("a size refused", "has no size")]
    public async Task A_queue_that_starts_too_early_is_refused_and_touches_nothing(string kind, string expected)
    {
        // At guest address 0 there is memory, which is where a queue without addresses would seem to be.
        var memory = new Said(VhostWire.Table(VhostBench.Memory with { Guest = 0 }), bench.Guest);
        var size = new Said(VhostWire.State(VhostRequest.SetVringNum, 0, RequestInMemory.QueueSize));
        var kick = new Said(VhostWire.Message(VhostRequest.SetVringKick, 0), bench.Kick);
        var acknowledged = new Said(VhostWire.Message(VhostRequest.SetProtocolFeatures, (ulong)VhostProtocolFeatures.ReplyAcknowledge));
        var refused = new Said(VhostWire.State(VhostRequest.SetVringNum, 0, 3, VhostWire.NeedsReply));
        bench.Say(kind switch
        {
            "no features" => [memory, size, VhostBench.Areas, kick],
            "no memory" => [VhostBench.SettleFeatures, size, VhostBench.Areas, kick],
            "no size" => [VhostBench.SettleFeatures, memory, VhostBench.Areas, kick],
            "no addresses" => [VhostBench.SettleFeatures, memory, size, kick],
            _ => [VhostBench.SettleFeatures, acknowledged, memory, size, refused, VhostBench.Areas, kick],
        });

        Assert.Contains(expected, await bench.Serve(), StringComparison.Ordinal);
        Assert.Empty(bench.Sink.Of(EventKind.DmaRead, EventKind.DmaWrite));
        bench.RequireNothingHeld();
    }

    [Fact]
    public async Task Queues_that_never_started_can_be_stopped_and_enabled()
    {
        bench.Say(
            new Said(VhostWire.State(VhostRequest.SetVringEnable, 0, 1)),
            new Said(VhostWire.State(VhostRequest.SetVringBase, 1, 7)),
            new Said(VhostWire.State(VhostRequest.GetVringBase, 1, 0)),
            new Said(VhostWire.State(VhostRequest.GetVringBase, 1, 0)));

        Assert.Null(await bench.Serve());
        Assert.Equal(Enumerable.Repeat("0b000000 05000000 08000000 01000000 07000000", 2), Words(bench.Heard(), 20));
        Assert.Empty(bench.Sink.Of(EventKind.DmaRead, EventKind.DmaWrite));
    }

    [Fact]
    public async Task A_second_kick_descriptor_does_not_start_a_running_queue_over()
    {
        bench.Say(VhostBench.SettleFeatures);
        bench.Say(bench.StartOfQueue);
        using var second = PassedFile.EventFd(1);
        for (var turn = 0; turn < 8; turn++) bench.Say(VhostWire.Message(VhostRequest.SetVringKick, 0), second);

        Assert.Null(await bench.Serve());
        Assert.Equal(1, RequestInMemory.UsedIndex(bench.Guest));
        bench.RequireNothingHeld(second);
    }

    [Fact]
    public async Task Memory_that_is_taken_away_from_a_running_queue_is_an_error_of_that_queue()
    {
        bench.Say(VhostBench.SettleFeatures);
        bench.Say(bench.StartOfQueue);
        bench.Say(VhostWire.Table());
        using var again = PassedFile.EventFd(1);
        bench.Say(VhostWire.Message(VhostRequest.SetVringKick, 0), again);
        for (var turn = 0; turn < 20; turn++) bench.Say(VhostWire.Message(VhostRequest.GetFeatures));

        Assert.Null(await bench.Serve());
        Assert.Contains("where no memory is", bench.Sink.LastNoteOf(EventKind.DeviceError), StringComparison.Ordinal);
        Assert.True(bench.Device.HasFailed);
    }

    [Fact]
    public async Task What_is_refused_by_an_answer_is_a_remark_and_the_conversation_goes_on()
    {
        bench.Say(
            new Said(VhostWire.Message(VhostRequest.SetProtocolFeatures, (ulong)VhostProtocolFeatures.ReplyAcknowledge)),
            new Said(VhostWire.State(VhostRequest.SetVringNum, 0, 3, VhostWire.NeedsReply)),
            new Said(VhostWire.State(VhostRequest.SetVringNum, 0, 8, VhostWire.NeedsReply)));

        Assert.Null(await bench.Serve());
        Assert.Equal(["08000000 05000000 08000000 01000000 00000000", "08000000 05000000 08000000 00000000 00000000"], Words(bench.Heard(), 20));
        Assert.Equal("SetVringNum is refused: a queue of 3 entries; a power of two up to 32768 was expected", bench.Sink.LastNoteOf(EventKind.Remark));
    }

    public static TheoryData<string> NoMemory() => [.. PassedFile.NoMemory];

    public static TheoryData<string> NoEventFd() => [.. PassedFile.NoEventFd];

    private Said Senseless(string kind) => kind switch
    {
        "queue of SetVringAddress" => new(VhostWire.Addresses(2, VhostBench.Memory.FrontEnd, VhostBench.Memory.FrontEnd, VhostBench.Memory.FrontEnd)),
        "queue of SetVringEnable" => new(VhostWire.State(VhostRequest.SetVringEnable, uint.MaxValue, 1)),
        "queue of SetVringKick" => new(VhostWire.Message(VhostRequest.SetVringKick, 0xff), bench.Kick),
        "queue of SetVringCall" => new(VhostWire.Message(VhostRequest.SetVringCall, 2), bench.Call),
        "queue of SetVringError" => new(VhostWire.Message(VhostRequest.SetVringError, 2), bench.Call),
        "size 0" => new(VhostWire.State(VhostRequest.SetVringNum, 0, 0)),
        "size 3" => new(VhostWire.State(VhostRequest.SetVringNum, 0, 3)),
        "size 65536" => new(VhostWire.State(VhostRequest.SetVringNum, 0, 65536)),
        "base 65536" => new(VhostWire.State(VhostRequest.SetVringBase, 0, 65536)),
        "areas nowhere" => new(VhostWire.Addresses(0, 0, 0, 0)),
        "a descriptor table outside" => Outside(1, 0, 0),
        "an available ring outside" => Outside(0, 1, 0),
        "a used ring outside" => Outside(0, 0, 1),
        "configuration of 2^31" => new(VhostWire.Config(VhostRequest.SetConfig, 0, 1u << 31, 60)),
        "configuration of almost 2^31" => new(VhostWire.Config(VhostRequest.SetConfig, 0, int.MaxValue, 60)),
        "configuration of 2^32" => new(VhostWire.Config(VhostRequest.SetConfig, 0, uint.MaxValue, 60)),
        "configuration beyond" => new(VhostWire.Config(VhostRequest.GetConfig, uint.MaxValue, 60, 60)),
        "configuration shorter than said" => new(VhostWire.Config(VhostRequest.GetConfig, 0, 60, 40)),
        "removal of nothing" => new(VhostWire.OnePart(VhostRequest.RemoveMemoryRegion, VhostBench.Memory with { Guest = 0 }), bench.Guest),
        _ => new(VhostWire.State(Enum.Parse<VhostRequest>(kind.Split(' ')[^1]), 2, 8)),
    };

    private static Said Outside(ulong descriptors, ulong available, ulong used)
    {
        var memory = VhostBench.Memory;
        return new(VhostWire.Addresses(
            0, memory.FrontEnd + (descriptors * memory.Bytes), memory.FrontEnd + (available * memory.Bytes), memory.FrontEnd + (used * memory.Bytes)));
    }

    /// <summary>Answers as 32-bit words, in the byte order of the wire.</summary>
    private static IEnumerable<string> Words(byte[] bytes, int each)
        => bytes.Chunk(each).Select(answer => string.Join(' ', answer.Chunk(4).Select(Convert.ToHexStringLower)));
}
