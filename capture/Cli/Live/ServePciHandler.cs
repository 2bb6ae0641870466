using Tracing.Peers.Memory;
using Tracing.Peers.Native;
using Tracing.Peers.PciProxy;
using Tracing.Peers.Qtest;
using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Cli.Live;

/// <summary>What <c>capture serve pci</c> does: waits for QEMU, serves the function, records.</summary>
internal static class ServePciHandler
{
    private static readonly TimeSpan qtestPatience = TimeSpan.FromSeconds(10);

    public static ExitCode Run(ServePciOptions options, TextWriter output, TextWriter error, CancellationToken token)
    {
        ServedDevice device;
        try
        {
            device = options.Device();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.Say(exception.Message);
            return ExitCode.InputUnreadable;
        }

        using (device)
        {
            return LiveRecording.Record(
                options.Live, facts: null, recording => Serve(options, device, recording, error, token), output, error, token);
        }
    }

    private static ExitCode Serve(
        ServePciOptions options, ServedDevice device, LiveRecording recording, TextWriter error, CancellationToken token)
    {
        if (Connect(options, error, token) is not { } link) return ExitCode.Cancelled;
        using var connection = new ProxyConnection(link);
        var memory = new GuestMemory(recording.Platform);
        using var ranges = new GuestRanges(memory);
        using var pin = new PinInterrupts();
        using var qtest = options.Interrupts.StartsWith("qtest:", StringComparison.Ordinal)
            ? QtestLink.Await(options.Interrupts["qtest:".Length..], qtestPatience, token)
            : null;
        var messages = qtest is null ? null : new QtestInterrupts(qtest, options.Pin);
        using var region = RegionOf(options, device.Options.SwiotlbBytes);
        var protection = device.Options.Policy == SwiotlbPolicy.Fallback ? new ProtectedMemory(memory, recording.Platform, device.Options.Device) : null;
        var function = new PciVirtioDevice(device.Options, new DeviceSurroundings
        {
            Bus = memory,
            Dma = protection,
            Interrupts = messages ?? (options.Interrupts == "memory" ? new MemoryInterrupts(memory) : (IInterruptSink)pin),
            Model = device.Model,
            Platform = recording.Platform,
            Sink = recording.Open("device"),
            Region = region,
            Conduct = device.Conduct,
        });
        function.ProtectionDropped = protection is null ? null : protection.Drop;
        function.PowerOnUnplaced();
        new ProxyFunction(connection, function, ranges, pin) { Between = messages is null ? null : messages.TakeAnswers }.Serve(token);
        // A guest that powers off leaves the device as it is: this is no failure, and worth knowing.
        var live = (function.Status & DeviceStatus.DriverOk) != 0 ? $"while device status was 0x{(byte)function.Status:x}" : null;
        if (connection.IsClosed) recording.TellClosed(device.Options.Device, live, error);
        return ExitCode.Success;
    }

    private static IDisposableBacking? RegionOf(ServePciOptions options, uint bytes)
    {
        if (options.RegionFile is null || bytes == 0) return null;
        var file = File.OpenHandle(options.RegionFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.SetLength(file, bytes);
        return PeerMemory.Open(file, 0, bytes);
    }

    private static UnixLink? Connect(ServePciOptions options, TextWriter error, CancellationToken token)
        => options.Descriptor is { } inherited ? UnixLink.Inherit(inherited) : Listener.Accept(options.Socket!, error, token);
}
