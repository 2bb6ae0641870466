using System.Buffers.Binary;
using Tracing.Schemas;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Device;

/// <content>The service itself: one iterator from start to reset, so that nothing is allocated for a request.</content>
internal sealed partial class SplitQueue
{
    private bool hasEventIndex;
    private bool orderPlatform;
    private bool ringsExempt;
    private bool outside;
    private bool isArmed;
    private ushort lastVector;
    private RingIndex seen;
    private RingIndex signalled;
    private RingIndex entryAt;
    private int unpublished;

    private IEnumerator<Pause> Serve()
    {
        while (true)
        {
            isKicked = false;
            Stray(DeviceMoment.BeforeAvailableIndex);
            if (!LoadAvailableIndex()) yield break;
            yield return Pause.Step;
            if (seen == situation.NextAvailable)
            {
                // Twice nothing new, the second time after asking to be notified: then the driver will notify.
                if (isArmed) yield return Pause.Idle;
                else if (!Arm()) yield break;
                else yield return Pause.Step;
                continue;
            }

            if (!Disarm()) yield break;
            Barrier(BarrierSite.S7, ringsExempt);
            while (situation.NextAvailable != seen)
            {
                if (!TakeHead()) yield break;
                yield return Pause.Step;

                Progress progress;
                do
                {
                    progress = walker.Step();
                    yield return Pause.Step;
                }
                while (progress == Progress.More);
                if (progress == Progress.Failed) yield break;

                Stray(DeviceMoment.ChainFetched);
                requests.Begin();
                do
                {
                    progress = requests.Step();
                    yield return Pause.Step;
                }
                while (progress == Progress.More);
                if (progress == Progress.Failed) yield break;

                Stray(DeviceMoment.BeforeUsedEntry);
                var lengthFirst = ReserveUsedEntry();
                if (!WriteUsedEntry(withId: true, withLength: lengthFirst)) yield break;
                yield return Pause.Step;
                var isLast = situation.NextAvailable == seen || unpublished >= core.Options.UsedBatch;
                if (lengthFirst && !isLast) continue;

                var early = core.Conduct.InterruptsFirst(situation);
                if (early) Interrupt();
                Barrier(BarrierSite.S8, ringsExempt && !outside);
                if (!StoreUsedIndex()) yield break;
                yield return Pause.Step;
                if (!lengthFirst && !WriteUsedEntry(withId: false, withLength: true)) yield break;
                Stray(DeviceMoment.AfterUsedIndex);
                Barrier(BarrierSite.S9, ringsExempt);
                if (!LoadSuppression(out var wanted)) yield break;
                yield return Pause.Step;
                if (wanted && !early)
                {
                    Interrupt();
                    yield return Pause.Step;
                }
            }
        }
    }

    private bool LoadAvailableIndex()
    {
        if (!Load(Part.AvailableIndex, situation.Layout.AvailableIndex, out var value)) return false;
        var index = new RingIndex(value);
        var fresh = index.Since(situation.NextAvailable);
        if (fresh > situation.Layout.Size.Value)
        {
            core.Fail(
                Index,
                $"available index {value} after {situation.NextAvailable}: {fresh} new entries in a queue of {situation.Layout.Size}",
                head: null,
                value);
            return false;
        }

        seen = index;
        return true;
    }

    private bool TakeHead()
    {
        var slot = situation.Layout.Size.SlotOf(situation.NextAvailable);
        var address = situation.Layout.AvailableEntryAt(slot);
        if (!Load(Part.AvailableEntry, address, out var head, slot)) return false;
        if (head >= situation.Layout.Size.Value)
        {
            Fail($"available entry {slot} is {head}; a descriptor below {situation.Layout.Size} was expected", head);
            return false;
        }

        situation.NextAvailable = situation.NextAvailable.Plus(1);
        walker.Begin(head);
        return true;
    }

    /// <summary>Takes the place of the used entry; says whether its length is to be written before the index.</summary>
    private bool ReserveUsedEntry()
    {
        entryAt = situation.NextUsed;
        var times = core.Conduct.UsedTimes(situation);
        situation.NextUsed = entryAt.Plus(times);
        unpublished += times;
        return core.Conduct.WritesUsedLengthFirst(situation);
    }

    /// <summary>Writes the entry, of which id and length are halves.</summary>
    private bool WriteUsedEntry(bool withId, bool withLength)
    {
        const int Half = SplitLayout.UsedEntryBytes / 2;
        Span<byte> bytes = stackalloc byte[SplitLayout.UsedEntryBytes];
        var part = bytes[(withId ? 0 : Half)..(withLength ? SplitLayout.UsedEntryBytes : Half)];
        for (var at = entryAt; at != situation.NextUsed; at = at.Plus(1))
        {
            var slot = situation.Layout.Size.SlotOf(at);
            var address = situation.Layout.UsedEntryAt(slot) + (withId ? 0UL : Half);
            uint? id = withId ? core.Conduct.UsedId(situation, situation.Head) : null;
            uint? length = withLength ? core.Conduct.UsedLength(situation, requests.Written) : null;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, id ?? 0);
            BinaryPrimitives.WriteUInt32LittleEndian(bytes[Half..], length ?? 0);
            Probes.UsedEntry(Index, slot, address, (ulong)part.Length, id, length);
            if (memory.TryWrite(address, part)) continue;
            Fail($"used entry {slot} at 0x{address:x}, where no memory is", situation.Head);
            return false;
        }

        return true;
    }

    private bool StoreUsedIndex()
    {
        unpublished = 0;
        outside = false;
        return Store(Part.UsedIndex, situation.Layout.UsedIndex, situation.NextUsed.Value);
    }

    /// <summary>Whether the driver wants to hear of what was used since the last decision (virtio 1.3 §2.7.7.2).</summary>
    private bool LoadSuppression(out bool wanted)
    {
        wanted = false;
        if (hasEventIndex)
        {
            if (!Load(Part.UsedEvent, situation.Layout.UsedEvent, out var requested)) return false;
            wanted = situation.NextUsed.Passed(new RingIndex(requested), signalled);
        }
        else
        {
            if (!Load(Part.AvailableFlags, situation.Layout.AvailableFlags, out var flags)) return false;
            wanted = (flags & RingFlags.NoInterrupt) == 0;
        }

        signalled = situation.NextUsed;
        wanted = core.Conduct.Interrupts(situation, wanted);
        return true;
    }

    private void Interrupt()
    {
        lastVector = Registers.Vector;
        core.Interrupts.Signal(Index, Registers.Vector);
    }

    /// <summary>Asks for a notification of the next available entry; the index is looked at once more afterwards.</summary>
    private bool Arm()
    {
        isArmed = true;
        var stored = hasEventIndex
            ? Store(
                Part.AvailableEvent,
                situation.Layout.AvailableEvent,
                core.Conduct.AvailableEvent(situation, situation.NextAvailable.Value))
            : Store(Part.UsedFlags, situation.Layout.UsedFlags, 0);
        if (stored) Barrier(BarrierSite.S10, ringsExempt);
        return stored;
    }

    /// <summary>Asks for no notifications while working. With EVENT_IDX the old avail_event does that by itself.</summary>
    private bool Disarm()
    {
        var wasArmed = isArmed;
        isArmed = false;
        return hasEventIndex || !wasArmed || Store(Part.UsedFlags, situation.Layout.UsedFlags, RingFlags.NoNotify);
    }

    private bool Load(Part part, ulong address, out ushort value, ushort? slot = null)
    {
        if (!memory.TryLoad16(address, out value))
        {
            Fail($"{part} at 0x{address:x}, where no memory is");
            return false;
        }

        Probes.Word(EventKind.DmaRead, Index, part, address, value, slot);
        return true;
    }

    private bool Store(Part part, ulong address, ushort value)
    {
        Probes.Word(EventKind.DmaWrite, Index, part, address, value);
        if (memory.TryStore16(address, value)) return true;
        Fail($"{part} at 0x{address:x}, where no memory is");
        return false;
    }
}
