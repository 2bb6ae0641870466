using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Driver;

/// <summary>A descriptor chain before its slots are known: what a driver is about to make available.</summary>
public sealed class ChainDraft
{
    private readonly Descriptor[] entries;

    internal ChainDraft(int capacity) => entries = new Descriptor[capacity];

    /// <summary>The queue.</summary>
    public ushort Queue { get; internal set; }

    /// <summary>The request's number in its queue, from 0.</summary>
    public ulong Request { get; internal set; }

    /// <summary>Whether the chain lies in an indirect table, to which one descriptor of the ring points.</summary>
    public bool Indirect { get; set; }

    /// <summary>Number of descriptors.</summary>
    public int Count { get; private set; }

    /// <summary>How many there can be.</summary>
    public int Capacity => entries.Length;

    /// <summary>A descriptor: address, length and whether the device may write. Flags NEXT and next are set later.</summary>
    public ref Descriptor this[int index] => ref entries.AsSpan(0, Count)[index];

    /// <summary>Adds a descriptor, if there is room.</summary>
    public bool TryAdd(Descriptor descriptor)
    {
        if (Count == entries.Length) return false;
        entries[Count++] = descriptor;
        return true;
    }

    internal void Clear() => Count = 0;
}

/// <summary>Where a descriptor is stored.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Request">The request's number in its queue, from 0.</param>
/// <param name="InTable">Whether the place is an indirect table.</param>
/// <param name="Position">Which descriptor of the chain or of the table, from 0.</param>
/// <param name="Count">How many the chain or the table has.</param>
/// <param name="Slot">The slot in the ring or in the table.</param>
/// <param name="Head">The chain's head.</param>
public readonly record struct DescriptorPlace(
    ushort Queue, ulong Request, bool InTable, int Position, int Count, ushort Slot, ushort Head);

/// <summary>A chain that was just made available.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Request">The request's number in its queue, from 0.</param>
/// <param name="Head">The chain's head.</param>
/// <param name="Position">The position of its entry in the available ring.</param>
/// <param name="Index">The available index that published it.</param>
/// <param name="Size">The queue's size.</param>
public readonly record struct PublishedChain(
    ushort Queue, ulong Request, ushort Head, ushort Position, ushort Index, ushort Size);
