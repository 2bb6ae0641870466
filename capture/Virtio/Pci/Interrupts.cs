namespace Tracing.Virtio.Pci;

/// <summary>Where a function's interrupts go.</summary>
public interface IInterruptSink
{
    /// <summary>Takes one message-signalled interrupt.</summary>
    void Deliver(ulong messageAddress, uint messageData);

    /// <summary>Sets the level of the function's INTx pin.</summary>
    void SetLevel(bool asserted);
}

/// <summary>Where a driver finds them.</summary>
public interface IInterruptSource
{
    /// <summary>Whether the INTx pin is asserted.</summary>
    bool Level { get; }

    /// <summary>The bus address to which the messages of a vector are to be sent.</summary>
    ulong MessageAddressOf(int vector);

    /// <summary>Takes the oldest pending message.</summary>
    bool TryTake(out uint data);
}

/// <summary>
/// A small mailbox between the two. A message that is already pending is not queued twice, as in an interrupt
/// controller: so what is pending is bounded by how many different messages there are.
/// </summary>
public sealed class InterruptMailbox : IInterruptSink, IInterruptSource
{
    /// <summary>Where message-signalled interrupts go on x86.</summary>
    public const ulong LocalInterruptController = 0xfee0_0000;

    private readonly List<uint> pending = [];

    /// <inheritdoc/>
    public bool Level { get; private set; }

    /// <inheritdoc/>
    public ulong MessageAddressOf(int vector) => LocalInterruptController;

    /// <inheritdoc/>
    public void Deliver(ulong messageAddress, uint messageData)
    {
        if (!pending.Contains(messageData)) pending.Add(messageData);
    }

    /// <inheritdoc/>
    public void SetLevel(bool asserted) => Level = asserted;

    /// <inheritdoc/>
    public bool TryTake(out uint data)
    {
        if (pending.Count == 0)
        {
            data = 0;
            return false;
        }

        data = pending[0];
        pending.RemoveAt(0);
        return true;
    }
}
