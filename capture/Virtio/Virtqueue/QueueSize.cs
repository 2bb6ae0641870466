namespace Tracing.Virtio.Virtqueue;

/// <summary>The number of entries of a split virtqueue: a power of two from 1 to 32768 (virtio 1.3 §2.7).</summary>
public readonly record struct QueueSize
{
    /// <summary>The greatest legal size.</summary>
    public const ushort Greatest = 32768;

    private readonly ushort lessOne;

    private QueueSize(ushort value) => lessOne = (ushort)(value - 1);

    /// <summary>The number of entries. <c>default</c> is a queue of one.</summary>
    public ushort Value => (ushort)(lessOne + 1);

    /// <summary>The entry that index <paramref name="index"/> falls on.</summary>
    public ushort SlotOf(RingIndex index) => (ushort)(index.Value & lessOne);

    /// <summary>The size, if <paramref name="value"/> is a legal one.</summary>
    public static bool TryCreate(uint value, out QueueSize size)
    {
        var legal = value is > 0 and <= Greatest && System.Numerics.BitOperations.IsPow2(value);
        size = legal ? new((ushort)value) : default;
        return legal;
    }

    /// <summary>The size for a value known to be legal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public static QueueSize Of(uint value)
        => TryCreate(value, out var size)
            ? size
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A split queue's size is a power of two from 1 to 32768.");

    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}
