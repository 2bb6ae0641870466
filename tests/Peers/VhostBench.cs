using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Tracing.Peers.Memory;
using Tracing.Peers.Native;
using Tracing.Peers.VhostUser;
using Tracing.Schemas;
using Tracing.Tests.Virtio;
using Tracing.Virtio;
using Tracing.Virtio.Block;
using Tracing.Virtio.Device;
using Tracing.Virtio.Memory;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>
/// A vhost-user back end whole, from its socket down to its medium, and a front end's bare hands at the other end: what
/// they say is in the socket before the back end begins, so that each conversation goes the same way every time.
/// </summary>
internal sealed class VhostBench : IDisposable
{
    /// <summary>One region of guest memory, where the guest has it and where the front end does.</summary>
    public static readonly GuestPart Memory = new(0x10_0000, RequestInMemory.Bytes, 0x7f00_0000_0000);

    private static readonly TimeSpan limit = TimeSpan.FromSeconds(20);
    private readonly LinkPair pair = new();
    private readonly UnixLink frontEnd;
    private readonly VhostConnection connection;
    private readonly GuestRanges ranges;
    private readonly VhostHandler handler;

    public VhostBench()
    {
        frontEnd = new UnixLink(pair.Peer);
        connection = new VhostConnection(pair.Link);
        var platform = new PlatformProbes(Sink);
        var memory = new GuestMemory(platform);
        ranges = new GuestRanges(memory, AddressSpace.FrontEnd);
        VhostHandler? made = null;
        var options = new DeviceOptions { SwiotlbBytes = 0, Queues = 2, Features = Features };
        Device = new VhostDevice(options, new BlkModel(new MemoryBlockBackend(64)), memory, platform, queue => made?.Call(queue), Sink);
        Device.PowerOn();
        handler = made = new VhostHandler(connection, Device, ranges);
    }

    public static FeatureSet Features { get; } = FeatureSet.Of(FeatureBit.Version1, FeatureBit.IndirectDescriptors, FeatureBit.BlkFlush);

    public RecordingSink Sink { get; } = new();

    public VhostDevice Device { get; }

    /// <summary>The guest's memory, with a request in its ring.</summary>
    public SafeFileHandle Guest { get; } = RequestInMemory.Create(Memory.Guest);

    /// <summary>Rung once already.</summary>
    public SafeFileHandle Kick { get; } = PassedFile.EventFd(1);

    public SafeFileHandle Call { get; } = PassedFile.EventFd();

    /// <summary>All that a front end says to have one request served on queue 0, and to stop it again.</summary>
    public IReadOnlyList<Said> Conversation =>
    [
        new(VhostWire.Message(VhostRequest.GetFeatures)),
        new(VhostWire.Message(VhostRequest.GetProtocolFeatures)),
        new(VhostWire.Message(VhostRequest.SetProtocolFeatures, (ulong)(VhostProtocolFeatures.ReplyAcknowledge | VhostProtocolFeatures.Configuration))),
        new(VhostWire.Message(VhostRequest.SetOwner)),
        new(VhostWire.Config(VhostRequest.GetConfig, 0, 60, 60)),
        new(VhostWire.Message(VhostRequest.SetFeatures, (ulong)Features.Bits | (1 << 30))),
        .. StartOfQueue,
        new(VhostWire.State(VhostRequest.GetVringBase, 0, 0)),
    ];

    /// <summary>Memory and queue 0, with features settled.</summary>
    public IReadOnlyList<Said> StartOfQueue =>
    [
        new(VhostWire.Table(Memory), Guest),
        new(VhostWire.State(VhostRequest.SetVringNum, 0, RequestInMemory.QueueSize)),
        new(VhostWire.State(VhostRequest.SetVringBase, 0, 0)),
        Areas,
        new(VhostWire.Message(VhostRequest.SetVringCall, 0), Call),
        new(VhostWire.Message(VhostRequest.SetVringKick, 0), Kick),
        new(VhostWire.State(VhostRequest.SetVringEnable, 0, 1)),
    ];

    /// <summary>Where queue 0's areas are.</summary>
    public static Said Areas => new(VhostWire.Addresses(
        0, Memory.FrontEnd + RequestInMemory.Descriptors, Memory.FrontEnd + RequestInMemory.Available, Memory.FrontEnd + RequestInMemory.Used));

    /// <summary>Settles features, as everything else needs.</summary>
    public static Said SettleFeatures => new(VhostWire.Message(VhostRequest.SetFeatures, (ulong)Features.Bits | (1 << 30)));

    public void Say(byte[] bytes, params SafeFileHandle[] files) => frontEnd.Send(bytes, files);

    public void Say(params IReadOnlyList<Said> conversation)
    {
        foreach (var said in conversation) Say(said.Bytes, said.Files);
    }

    /// <summary>
    /// Says that this is all, and serves it. Null = the back end came to the end; otherwise why it refused. Any other
    /// exception, or no end, fails the test.
    /// </summary>
    public async Task<string?> Serve()
    {
        pair.Peer.Shutdown(SocketShutdown.Send);
        using var late = new CancellationTokenSource(limit);
        var reason = await ServeUntil(late.Token);
        Assert.False(late.IsCancellationRequested, "the back end did not see the end");
        return reason;
    }

    /// <summary>Serves until the back end has seen all that was said, and leaves the conversation open.</summary>
    public async Task ServeWhatIsThere()
    {
        using var seen = new CancellationTokenSource();
        // The answer to a last question, and nothing behind it.
        Say(VhostWire.Message(VhostRequest.GetQueueNum));
        var serving = ServeUntil(seen.Token);
        while (Heard().Length == 0 && !serving.IsCompleted) await Task.Yield();
        await seen.CancelAsync();
        Assert.Null(await serving);
    }

    /// <summary>Serves until the front end has closed, or until <paramref name="token"/>.</summary>
    public async Task<string?> ServeUntil(CancellationToken token)
    {
        try
        {
            await Task.Run(() => new VhostBackend(connection, handler, Device).Serve(token), CancellationToken.None).WaitAsync(limit * 2, CancellationToken.None);
            return null;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Whether the back end has answered something, read from the front end's end: the bytes that are there.</summary>
    public byte[] Heard()
    {
        var bytes = new byte[1 << 16];
        var got = frontEnd.Receive(bytes, [], wait: false);
        return bytes[..Math.Max(0, got)];
    }

    /// <summary>The back end goes away, however far it is.</summary>
    public void CloseBackEnd()
    {
        handler.Dispose();
        ranges.Dispose();
        connection.Dispose();
    }

    public void Dispose()
    {
        CloseBackEnd();
        frontEnd.Dispose();
        pair.Dispose();
        Guest.Dispose();
        Kick.Dispose();
        Call.Dispose();
    }

    /// <summary>Ends the back end and requires that it holds none of the descriptors that it was passed.</summary>
    public void RequireNothingHeld(params SafeFileHandle[] more)
    {
        CloseBackEnd();
        foreach (var file in (SafeFileHandle[])[Guest, Kick, Call, .. more]) Assert.Equal(1, PassedFile.CountOf(file));
    }
}
