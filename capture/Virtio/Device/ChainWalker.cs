using Tracing.Schemas;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Device;

/// <summary>
/// Follows a descriptor chain one descriptor a step (virtio 1.3 §2.7.5) and collects its buffers. A chain has at most as
/// many buffers as the queue has entries, so that a loop ends too.
/// </summary>
internal sealed class ChainWalker(SplitQueue queue, DeviceSituation situation, IBusMemory memory)
{
    private const ulong GreatestChainBytes = 1UL << 32;

    private bool inTable;
    private ulong table;
    private uint tableEntries;
    private uint slot;
    private uint buffers;
    private bool sawWritable;

    public void Begin(ushort head)
    {
        situation.BeginChain(head);
        inTable = false;
        slot = head;
        buffers = 0;
        sawWritable = false;
    }

    /// <summary>Fetches the next descriptor.</summary>
    public Progress Step()
    {
        var part = inTable ? Part.IndirectDescriptor : Part.Descriptor;
        var address = inTable
            ? unchecked(table + slot * Descriptor.SizeInBytes)
            : situation.Layout.DescriptorAt((int)slot);
        Span<byte> bytes = stackalloc byte[Descriptor.SizeInBytes];
        if (!memory.TryRead(address, bytes)) return Fail($"{Name(part)} {slot} at 0x{address:x}, where no memory is");
        var descriptor = Descriptor.Read(bytes);
        queue.Probes.Descriptor(queue.Index, part, (ushort)slot, address, descriptor, situation.Head);

        if (descriptor.IsIndirect) return EnterTable(descriptor);
        if (!TryTake(descriptor, out var problem)) return Fail(problem);
        if (!descriptor.HasNext) return Progress.Done;

        uint limit = inTable ? tableEntries : situation.Layout.Size.Value;
        if (descriptor.Next >= limit)
            return Fail($"{Name(part)} {slot} has next {descriptor.Next}; below {limit} was expected");
        slot = descriptor.Next;
        return Progress.More;
    }

    private static string Name(Part part) => part == Part.Descriptor ? "descriptor" : "indirect descriptor";

    private bool TryTake(in Descriptor descriptor, out string problem)
    {
        problem = "";
        if (++buffers > situation.Layout.Size.Value)
        {
            problem = $"a chain of more than {situation.Layout.Size} buffers: it loops or is longer than its queue";
        }
        else if (sawWritable && !descriptor.IsWritable)
        {
            // virtio 1.3 §2.7.4.2: writable elements stand behind all readable ones.
            problem = $"descriptor {slot} is readable behind a writable one";
        }
        else if (situation.ReadableBytes + situation.WritableBytes + descriptor.Length > GreatestChainBytes)
        {
            problem = "a chain of more than 2^32 bytes";
        }
        else if (descriptor.Length > 0)
        {
            // A range past 2^64 cannot be memory; it is refused here, where the descriptor is still at hand.
            if (descriptor.Address > ulong.MaxValue - (descriptor.Length - 1))
                problem = $"descriptor {slot}: 0x{descriptor.Address:x} + {descriptor.Length} bytes reaches past 2^64";
            else situation.Add(new(descriptor.Address, descriptor.Length, descriptor.IsWritable));
        }

        sawWritable |= descriptor.IsWritable;
        return problem.Length == 0;
    }

    /// <summary>A table may follow direct descriptors; its own WRITE flag means nothing (virtio 1.3 §2.7.5.3.2).</summary>
    private Progress EnterTable(in Descriptor descriptor)
    {
        if (!situation.Features.Has(FeatureBit.IndirectDescriptors))
            return Fail($"descriptor {slot} is INDIRECT, which was not negotiated");
        if (inTable) return Fail($"indirect descriptor {slot} is INDIRECT again");
        if (descriptor.HasNext) return Fail($"descriptor {slot} is both INDIRECT and NEXT");
        if (descriptor.Length == 0 || descriptor.Length % Descriptor.SizeInBytes != 0)
            return Fail($"an indirect table of {descriptor.Length} bytes; a multiple of {Descriptor.SizeInBytes} was expected");
        if (descriptor.Address > ulong.MaxValue - (descriptor.Length - 1))
            return Fail($"an indirect table at 0x{descriptor.Address:x} + {descriptor.Length} bytes reaches past 2^64");

        queue.NoteTarget(descriptor.Address, descriptor.Length);
        inTable = true;
        table = descriptor.Address;
        tableEntries = descriptor.Length / Descriptor.SizeInBytes;
        slot = 0;
        return Progress.More;
    }

    private Progress Fail(string problem)
    {
        queue.Fail(problem, situation.Head);
        return Progress.Failed;
    }
}
