using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Driver;

/// <summary>Takes interrupts, on whichever driver thread looks first, and remembers whom they concern.</summary>
internal sealed class InterruptRouter(IInterruptSource source)
{
    private const uint FirstMessage = 0x30;
    private readonly bool[] pending = new bool[TransportRegisters.MaxQueues];
    private int queues;

    /// <summary>Vectors in use; 0 = INTx.</summary>
    public int Vectors { get; set; }

    /// <summary>Whether a configuration change was reported since <see cref="TakeConfig"/>.</summary>
    private bool configPending;

    /// <summary>Where the messages of a vector are to be sent.</summary>
    public ulong MessageAddressOf(int vector) => source.MessageAddressOf(vector);

    /// <summary>The message data of a vector.</summary>
    public static uint MessageOf(int vector) => FirstMessage + (uint)vector;

    /// <summary>The vector of a queue: its own behind the configuration's, or shared when there are too few.</summary>
    public ushort VectorOf(int queue) => (ushort)Math.Min(queue + 1, Vectors - 1);

    /// <summary>Forgets what was pending: a new epoch begins.</summary>
    public void Restart(int queueCount, int vectors)
    {
        queues = queueCount;
        Vectors = vectors;
        configPending = false;
        Array.Clear(pending);
    }

    /// <summary>Drops messages that were sent before a reset.</summary>
    public void Discard(DriverProbes probes)
    {
        while (source.TryTake(out var data)) Record(data, null, probes);
    }

    /// <summary>Takes what has arrived. True = something was recorded.</summary>
    public bool Poll(TransportRegisters registers, DriverProbes probes)
    {
        if (Vectors == 0) return PollLevel(registers, probes);
        var any = false;
        while (source.TryTake(out var data))
        {
            any = true;
            TakeMessage(data, probes);
        }

        return any;
    }

    /// <summary>Whether a queue was reported since the last call.</summary>
    public bool TakeQueue(int queue)
    {
        var was = pending[queue];
        pending[queue] = false;
        return was;
    }

    /// <summary>Whether a configuration change was reported since the last call.</summary>
    public bool TakeConfig()
    {
        var was = configPending;
        configPending = false;
        return was;
    }

    private static ushort? VectorFrom(uint data)
        => data >= FirstMessage && data - FirstMessage < CommonConfig.NoVector ? (ushort)(data - FirstMessage) : null;

    private void TakeMessage(uint data, DriverProbes probes)
    {
        var vector = VectorFrom(data);
        ushort? only = null;
        var sharers = 0;
        for (var queue = 0; queue < queues; queue++)
        {
            if (vector != VectorOf(queue)) continue;
            pending[queue] = true;
            only = (ushort)queue;
            sharers++;
        }

        if (vector == 0) configPending = true;
        Record(data, sharers == 1 && vector != 0 ? only : null, probes);
    }

    private void Record(uint data, ushort? queue, DriverProbes probes)
    {
        var vector = VectorFrom(data);
        probes.Interrupt(vector, vector is { } known ? source.MessageAddressOf(known) : null, data, queue);
    }

    private bool PollLevel(TransportRegisters registers, DriverProbes probes)
    {
        if (!source.Level) return false;
        probes.Interrupt(null, null, null, null);
        var isr = registers.Read(RegisterName.IsrStatus);
        if ((isr & 1) != 0) pending.AsSpan(0, queues).Fill(true);
        if ((isr & 2) != 0) configPending = true;
        return true;
    }
}
