using Microsoft.Win32.SafeHandles;
using Tracing.Peers.VhostUser;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>What is no message of vhost-user is refused with a reason, whatever came before it, and nothing of it is kept.</summary>
public sealed class VhostConnectionTests : IDisposable
{
    private readonly VhostBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_right_conversation_has_its_request_served()
    {
        bench.Say(bench.Conversation);

        Assert.Null(await bench.Serve());
        Assert.Equal(1, RequestInMemory.UsedIndex(bench.Guest));
        bench.RequireNothingHeld();
    }

    [Theory]
    [InlineData("version 0", "version 0 of the protocol")]
    [InlineData("version 3", "version 3 of the protocol")]
    [InlineData("an answer", "GetFeatures is marked as an answer")]
    [InlineData("huge", "GetFeatures with a payload of 4294967295 bytes; at most")]
    [InlineData("a byte too long", "GetFeatures with a payload of 333 bytes; at most 332")]
    [InlineData("too much for its type", "GetFeatures with a payload of 8 bytes; 0 were expected")]
    [InlineData("too little for its type", "SetFeatures with a payload of 4 bytes; 8 were expected")]
    [InlineData("no payload", "SetVringNum with a payload of 0 bytes; 8 were expected")]
    [InlineData("unknown", "request 99: a request that this back end did not offer")]
    [InlineData("request 0", "request 0: a request that this back end did not offer")]
    [InlineData("all ones", "version 3 of the protocol")]
    [InlineData("more regions than bytes", "SetMemoryTable of 3 regions in 72 bytes")]
    [InlineData("more regions than any", "SetMemoryTable of 4294967295 regions")]
    [InlineData("text", "version")]
    public async Task A_malformed_message_is_refused(string kind, string expected)
    {
        bench.Say(VhostWire.Message(VhostRequest.SetOwner));
        bench.Say(Malformed(kind));

        Assert.Contains(expected, await bench.Serve(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_may_be_cut_anywhere()
    {
        var whole = bench.Conversation.SelectMany(said => said.Bytes).Count();
        for (var cut = 0; cut < whole; cut += 5)
        {
            using var other = new VhostBench();
            var (beginning, endsBetween) = Said.Cut(other.Conversation, cut);
            other.Say(beginning);

            var reason = await other.Serve();
            if (endsBetween) Assert.Null(reason);
            else Assert.Contains("closed in the middle of a message", reason, StringComparison.Ordinal);
            other.RequireNothingHeld();
        }
    }

    [Theory]
    [InlineData(VhostRequest.SetMemoryTable, 0, 1)]
    [InlineData(VhostRequest.SetMemoryTable, 2, 1)]
    [InlineData(VhostRequest.SetMemoryTable, 32, 1)]
    [InlineData(VhostRequest.AddMemoryRegion, 0, 1)]
    [InlineData(VhostRequest.AddMemoryRegion, 2, 1)]
    [InlineData(VhostRequest.SetVringKick, 0, 1)]
    [InlineData(VhostRequest.SetVringKick, 2, 1)]
    [InlineData(VhostRequest.SetVringCall, 3, 1)]
    [InlineData(VhostRequest.SetVringError, 0, 1)]
    [InlineData(VhostRequest.SetBackendRequestDescriptor, 0, 1)]
    [InlineData(VhostRequest.GetFeatures, 1, 0)]
    [InlineData(VhostRequest.SetFeatures, 1, 0)]
    public async Task A_wrong_count_of_descriptors_is_refused(VhostRequest request, int count, int expected)
    {
        bench.Say(bench.Conversation.Take(6).ToList());
        byte[] message = request switch
        {
            VhostRequest.SetMemoryTable => VhostWire.Table(VhostBench.Memory),
            VhostRequest.AddMemoryRegion => VhostWire.OnePart(request, VhostBench.Memory),
            VhostRequest.GetFeatures or VhostRequest.SetBackendRequestDescriptor => VhostWire.Message(request),
            _ => VhostWire.Message(request, 0),
        };
        bench.Say(message, [.. Enumerable.Repeat(bench.Guest, count)]);

        Assert.Contains($"{request} with {count} descriptors; {expected} were expected", await bench.Serve(), StringComparison.Ordinal);
        bench.RequireNothingHeld();
    }

    [Fact]
    public async Task Descriptors_that_come_without_end_are_refused_before_there_are_no_more()
    {
        var message = VhostWire.Config(VhostRequest.SetConfig, 0, 60, 256);
        SafeFileHandle[] many = [.. Enumerable.Repeat(bench.Guest, 30)];
        foreach (var part in message.Take(10)) bench.Say([part], many);

        Assert.Contains("descriptors", await bench.Serve(), StringComparison.Ordinal);
        bench.RequireNothingHeld();
    }

    private static byte[] Malformed(string kind) => kind switch
    {
        "version 0" => VhostWire.Header(1, 0, 0),
        "version 3" => VhostWire.Header(1, 3, 0),
        "an answer" => VhostWire.Header(1, 5, 0),
        "huge" => VhostWire.Header(1, 1, uint.MaxValue),
        "a byte too long" => VhostWire.Header(1, 1, VhostMessage.LongestPayload + 1),
        "too much for its type" => VhostWire.Message(VhostRequest.GetFeatures, 0),
        "too little for its type" => [.. VhostWire.Header((uint)VhostRequest.SetFeatures, 1, 4), 0, 0, 0, 0],
        "no payload" => VhostWire.Message(VhostRequest.SetVringNum),
        "unknown" => VhostWire.Message((VhostRequest)99, 1),
        "request 0" => VhostWire.Header(0, 1, 0),
        "all ones" => [.. Enumerable.Repeat((byte)0xff, 64)],
        "more regions than bytes" => VhostWire.Message(VhostRequest.SetMemoryTable, 3, 0, 0, 0, 0, 0, 0, 0, 0),
        "more regions than any" => VhostWire.Message(VhostRequest.SetMemoryTable, uint.MaxValue),
        "text" => "GET / HTTP/1.1\r\nHost: nowhere\r\n\r\n"u8.ToArray(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such message."),
    };
}
