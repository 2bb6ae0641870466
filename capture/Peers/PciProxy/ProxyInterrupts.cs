using System.Globalization;
using Tracing.Peers.Native;
using Tracing.Peers.Qtest;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;

namespace Tracing.Peers.PciProxy;

/// <summary>
/// Interrupts through QEMU's qtest socket: a message-signalled one is a write of its data to its address, the pin is a
/// line of the interrupt controller. Nobody waits for QEMU's answers here: a vCPU may be waiting for ours.
/// </summary>
/// <param name="qtest">The qtest socket.</param>
/// <param name="pin">The pin's line as qtest names it, "OBJECT unnamed-gpio-in N"; null = there is none.</param>
public sealed class QtestInterrupts(QtestLink qtest, string? pin) : IInterruptSink
{
    private int unanswered;

    /// <inheritdoc/>
    public void Deliver(ulong messageAddress, uint messageData)
        => Tell(QtestLink.Command("write", sizeof(uint), messageAddress, messageData));

    /// <inheritdoc/>
    public void SetLevel(bool asserted)
    {
        if (pin is not null) Tell(string.Create(CultureInfo.InvariantCulture, $"set_irq_in {pin} {(asserted ? 1 : 0)}"));
    }

    /// <summary>Takes the answers that have arrived.</summary>
    /// <exception cref="IOException">QEMU refused one, or has gone.</exception>
    public void TakeAnswers()
    {
        while (unanswered > 0 && qtest.TryAnswer("an interrupt", out _)) unanswered--;
    }

    private void Tell(string command)
    {
        qtest.Tell(command);
        unanswered++;
    }
}

/// <summary>Interrupt messages as what they are on the bus: writes of 4 bytes to memory, where a driver polls.</summary>
/// <param name="memory">The bus.</param>
public sealed class MemoryInterrupts(IBusMemory memory) : IInterruptSink
{
    /// <inheritdoc/>
    public void Deliver(ulong messageAddress, uint messageData)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes, messageData);
        memory.TryWrite(messageAddress, bytes);
    }

    /// <inheritdoc/>
    public void SetLevel(bool asserted)
    {
        // There is no pin on this bus: a driver polls or reads the ISR status.
    }
}

/// <summary>The eventfd of the interrupt pin, which QEMU passed.</summary>
public sealed class PinInterrupts : IInterruptSink, IDisposable
{
    private EventCounter? pin;

    /// <summary>Takes a new eventfd; null = there is none any more.</summary>
    public void Connect(EventCounter? descriptor)
    {
        pin?.Dispose();
        pin = descriptor;
    }

    /// <inheritdoc/>
    public void Deliver(ulong messageAddress, uint messageData)
    {
        // Only the pin is connected.
    }

    /// <inheritdoc/>
    public void SetLevel(bool asserted)
    {
        if (asserted) pin?.Signal();
    }

    /// <inheritdoc/>
    public void Dispose() => pin?.Dispose();
}
