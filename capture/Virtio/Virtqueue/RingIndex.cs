namespace Tracing.Virtio.Virtqueue;

/// <summary>A free-running ring index: it counts modulo 2^16 and is never reduced to the queue's size (virtio 1.3 §2.7.6).</summary>
/// <param name="Value">The 16 bits in memory.</param>
public readonly record struct RingIndex(ushort Value)
{
    /// <summary>The index <paramref name="count"/> entries on.</summary>
    public RingIndex Plus(int count) => new(unchecked((ushort)(Value + count)));

    /// <summary>How many entries lie from <paramref name="earlier"/> to here.</summary>
    public ushort Since(RingIndex earlier) => unchecked((ushort)(Value - earlier.Value));

    /// <summary>
    /// Whether moving from <paramref name="old"/> to here passed the entry at which the other side asked to be notified
    /// (virtio 1.3 §2.7.7.1, §2.7.10.1): the entry is one of <c>[old, this)</c>.
    /// </summary>
    public bool Passed(RingIndex requested, RingIndex old)
        => unchecked((ushort)(Value - requested.Value - 1)) < unchecked((ushort)(Value - old.Value));

    /// <inheritdoc/>
    public override string ToString() => $"{Value}";
}
