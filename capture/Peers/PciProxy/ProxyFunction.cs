using Microsoft.Win32.SafeHandles;
using Tracing.Peers.Memory;
using Tracing.Peers.Native;
using Tracing.Virtio;
using Tracing.Virtio.Device;

namespace Tracing.Peers.PciProxy;

/// <summary>
/// The reference device as a PCI function of a QEMU guest: executes what arrives, lets the device work in between, all on
/// one thread, so that the device's own order is its recording's.
/// </summary>
/// <param name="connection">To QEMU.</param>
/// <param name="device">The function, powered on and not placed.</param>
/// <param name="ranges">The guest's memory.</param>
/// <param name="pin">Gets the pin's eventfd, if that is how interrupts go.</param>
public sealed class ProxyFunction(ProxyConnection connection, PciVirtioDevice device, GuestRanges ranges, PinInterrupts? pin)
{
    /// <summary>Steps of the device between two looks at the socket: a vCPU may be waiting there.</summary>
    private const int StepsAtOnce = 64;

    /// <summary>How long to sleep when nobody wants anything; bounds how late a cancellation is seen.</summary>
    private const int IdleMilliseconds = 50;

    private readonly IEnumerator<Pause> machine = device.Run();

    /// <summary>Called between steps, for what else has to be looked at.</summary>
    public Action? Between { get; init; }

    /// <summary>Serves until QEMU closes or <paramref name="token"/> ends it.</summary>
    /// <exception cref="InvalidDataException">The peer does not speak the protocol, or passes what cannot be used.</exception>
    /// <exception cref="IOException">The link is broken.</exception>
    public void Serve(CancellationToken token)
    {
        var ready = new bool[1];
        while (!token.IsCancellationRequested)
        {
            // One at a time: a peer that never stops asking leaves the device its turns, and us our end.
            var message = connection.TryReceive();
            if (message is not null) Execute(message);
            if (connection.IsClosed) return;
            Between?.Invoke();
            if (Work() || message is not null) continue;
            Readiness.Wait([connection.Descriptor], ready, IdleMilliseconds);
        }
    }

    /// <summary>Lets the device work. False = it has nothing to do.</summary>
    private bool Work()
    {
        for (var step = 0; step < StepsAtOnce; step++)
        {
            machine.MoveNext();
            if (machine.Current == Pause.Idle) return false;
        }

        return true;
    }

    private void Execute(ProxyMessage message)
    {
        switch (message.Command)
        {
            case ProxyCommand.SyncSystemMemory:
                ranges.Replace([.. message.Ranges().Zip(message.Descriptors, (range, file)
                    => (new GuestRange(range.Address, range.Bytes, range.Offset, range.Address), file))]);
                break;
            case ProxyCommand.SetInterruptDescriptors: ConnectPin(message.Descriptors); break;
            case ProxyCommand.ConfigRead: connection.Answer(device.ReadConfig(Offset(message), message.Width)); break;
            case ProxyCommand.ConfigWrite:
                device.WriteConfig(Offset(message), message.Width, unchecked((uint)message.Value));
                connection.Answer(0);
                break;
            case ProxyCommand.BarRead: connection.Answer(Read(message)); break;
            case ProxyCommand.BarWrite:
                if (device.TryFindBar(message.Address, message.IsIo, out var bar, out var offset))
                    device.WriteBar(bar, offset, message.Width, message.Value);
                connection.Answer(0);
                break;
            default:
                device.ResetFunction();
                connection.Answer(null);
                break;
        }
    }

    private static int Offset(ProxyMessage message) => (int)Math.Min(message.Address, int.MaxValue);

    private ulong Read(ProxyMessage message)
        => device.TryFindBar(message.Address, message.IsIo, out var bar, out var offset)
            ? device.ReadBar(bar, offset, message.Width)
            : message.Width >= sizeof(ulong) ? ulong.MaxValue : (1UL << (message.Width * 8)) - 1;

    private void ConnectPin(IReadOnlyList<SafeFileHandle> descriptors)
    {
        // The second is for resampling a level: reading the ISR status lowers our pin, so that nobody needs it.
        for (var index = 1; index < descriptors.Count; index++) descriptors[index].Dispose();
        var counter = descriptors.Count > 0 ? new EventCounter(descriptors[0]) : null;
        if (pin is not null) pin.Connect(counter);
        else counter?.Dispose();
    }
}
