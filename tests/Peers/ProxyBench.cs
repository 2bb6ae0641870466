using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Tracing.Peers.Memory;
using Tracing.Peers.Native;
using Tracing.Peers.PciProxy;
using Tracing.Tests.Virtio;
using Tracing.Virtio;
using Tracing.Virtio.Block;
using Tracing.Virtio.Device;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;
using Xunit;

namespace Tracing.Tests.Peers;

/// <summary>
/// The reference device as a proxied PCI function, from its socket down to its medium, and QEMU's bare hands at the other
/// end: what they say is in the socket before the function begins.
/// </summary>
internal sealed class ProxyBench : IDisposable
{
    public const ulong Registers = 0xe000_0000;
    public const ulong Region = 0xe100_0000;
    public static readonly GuestPart Memory = new(0x10_0000, RequestInMemory.Bytes, 0);

    private static readonly TimeSpan limit = TimeSpan.FromSeconds(20);
    private readonly LinkPair pair = new();
    private readonly UnixLink qemu;
    private readonly ProxyConnection connection;
    private readonly GuestRanges ranges;
    private readonly PinInterrupts pin = new();
    private readonly ProxyFunction function;

    public ProxyBench()
    {
        qemu = new UnixLink(pair.Peer);
        connection = new ProxyConnection(pair.Link);
        var platform = new PlatformProbes(Sink);
        var memory = new GuestMemory(platform);
        ranges = new GuestRanges(memory);
        Device = new PciVirtioDevice(new DeviceOptions { SwiotlbBytes = 4096 }, new DeviceSurroundings
        {
            Bus = memory, Interrupts = pin, Model = new BlkModel(new MemoryBlockBackend(64)), Platform = platform, Sink = Sink,
        });
        Device.PowerOnUnplaced();
        function = new ProxyFunction(connection, Device, ranges, pin);
    }

    public RecordingSink Sink { get; } = new();

    public PciVirtioDevice Device { get; }

    /// <summary>The guest's memory, with a request in its ring.</summary>
    public SafeFileHandle Guest { get; } = RequestInMemory.Create(Memory.Guest);

    /// <summary>The pin's eventfd, and that of its resampling.</summary>
    public SafeFileHandle Pin { get; } = PassedFile.EventFd();

    public SafeFileHandle Resample { get; } = PassedFile.EventFd();

    /// <summary>All that QEMU says to have the function placed, brought up, and one request served.</summary>
    public IReadOnlyList<Said> Conversation =>
    [
        new(ProxyWire.Table(Memory), Guest),
        new(ProxyWire.Message(ProxyCommand.SetInterruptDescriptors), Pin, Resample),
        new(ProxyWire.ReadConfig(PciConfig.VendorId, 2)),
        new(ProxyWire.Message(ProxyCommand.Reset)),
        new(ProxyWire.WriteConfig(PciConfig.Bar0, 4, (uint)Registers)),
        new(ProxyWire.WriteConfig(PciConfig.Bar0 + 8, 4, (uint)Region)),
        new(ProxyWire.WriteConfig(PciConfig.Command, 2, PciConfig.CommandMemory | PciConfig.CommandBusMaster)),
        Common(CommonConfig.DeviceStatus, 1, 0),
        Common(CommonConfig.DeviceStatus, 1, (ulong)(DeviceStatus.Acknowledge | DeviceStatus.Driver)),
        Common(CommonConfig.DriverFeatureSelect, 4, 1),
        Common(CommonConfig.DriverFeature, 4, FeatureSet.Of(FeatureBit.Version1).Word(1)),
        Common(CommonConfig.DeviceStatus, 1, (ulong)(DeviceStatus.Acknowledge | DeviceStatus.Driver | DeviceStatus.FeaturesOk)),
        new(ProxyWire.ReadBar(Registers + CommonConfig.DeviceStatus, 1)),
        Common(CommonConfig.QueueSize, 2, RequestInMemory.QueueSize),
        Common(CommonConfig.QueueDesc, 8, Memory.Guest + RequestInMemory.Descriptors),
        Common(CommonConfig.QueueDriver, 8, Memory.Guest + RequestInMemory.Available),
        Common(CommonConfig.QueueDevice, 8, Memory.Guest + RequestInMemory.Used),
        Common(CommonConfig.QueueEnable, 2, 1),
        Common(CommonConfig.DeviceStatus, 1, (ulong)(DeviceStatus.Acknowledge | DeviceStatus.Driver | DeviceStatus.FeaturesOk | DeviceStatus.DriverOk)),
        new(ProxyWire.WriteBar(Registers + BareRing.DoorbellOffset(0), 2, 0)),
        new(ProxyWire.WriteBar(Region + 8, 8, 0x0123_4567_89ab_cdef)),
        new(ProxyWire.ReadBar(Region + 8, 8)),
        new(ProxyWire.ReadBar(Registers + CommonConfig.DeviceStatus, 1)),
    ];

    public void Say(byte[] bytes, params SafeFileHandle[] files) => qemu.Send(bytes, files);

    public void Say(params IReadOnlyList<Said> conversation)
    {
        foreach (var said in conversation) Say(said.Bytes, said.Files);
    }

    /// <summary>
    /// Says that this is all, and serves it. Null = the function came to the end; otherwise why it refused. Any other
    /// exception, or no end, fails the test.
    /// </summary>
    public async Task<string?> Serve()
    {
        pair.Peer.Shutdown(SocketShutdown.Send);
        using var late = new CancellationTokenSource(limit);
        var reason = await ServeUntil(late.Token);
        Assert.False(late.IsCancellationRequested, "the function did not see the end");
        return reason;
    }

    /// <summary>Serves until the function has answered so many accesses, and leaves the conversation open.</summary>
    public async Task ServeAccesses(int count)
    {
        const int AnswerBytes = 16 + 8;
        using var seen = new CancellationTokenSource();
        var serving = ServeUntil(seen.Token);
        var buffer = new byte[AnswerBytes];
        for (var heard = 0; heard < count * AnswerBytes && !serving.IsCompleted; await Task.Yield())
            heard += Math.Max(0, qemu.Receive(buffer, [], wait: false));
        await seen.CancelAsync();
        Assert.Null(await serving);
    }

    private async Task<string?> ServeUntil(CancellationToken token)
    {
        try
        {
            await Task.Run(() => function.Serve(token), CancellationToken.None).WaitAsync(limit * 2, CancellationToken.None);
            return null;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Ends the function and requires that it holds none of the descriptors that it was passed.</summary>
    public void RequireNothingHeld(params SafeFileHandle[] more)
    {
        pin.Dispose();
        ranges.Dispose();
        connection.Dispose();
        foreach (var file in (SafeFileHandle[])[Guest, Pin, Resample, .. more]) Assert.Equal(1, PassedFile.CountOf(file));
    }

    public void Dispose()
    {
        pin.Dispose();
        ranges.Dispose();
        connection.Dispose();
        qemu.Dispose();
        pair.Dispose();
        Guest.Dispose();
        Pin.Dispose();
        Resample.Dispose();
    }

    private static Said Common(int offset, int width, ulong value) => new(ProxyWire.WriteBar(Registers + (ulong)offset, width, value));
}
