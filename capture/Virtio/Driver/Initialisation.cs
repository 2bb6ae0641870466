using Tracing.Schemas;
using Tracing.Virtio.Block;
using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Driver;

/// <summary>
/// The steps of initialisation, each as it is on the wire. Which steps come in which order the conduct says; this class
/// knows only how each is done.
/// </summary>
internal sealed class Initialisation(DriverSession session, VirtioStructures structures, DriverProbes probes)
{
    private const int FeatureWords = 2;
    private const int SmallestQueue = 2;

    private readonly TransportRegisters registers = session.Registers;
    private readonly DriverConduct conduct = session.Conduct;
    private QueueSize[] sizes = [];
    private DeviceStatus status;
    private FeatureSet accepted;
    private ushort queues = 1;

    /// <summary>Whether an earlier step ended initialisation.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>There is nothing to initialise.</summary>
    public void GiveUp() => HasFailed = true;

    /// <summary>Performs one step.</summary>
    public IEnumerable<Pause> Perform(InitStep step) => step switch
    {
        InitStep.Reset => Set(DeviceStatus.None),
        InitStep.AwaitReset => AwaitReset(),
        InitStep.Acknowledge => Set(DeviceStatus.Acknowledge),
        InitStep.Driver => Set(DeviceStatus.Driver),
        InitStep.ReadFeatures => ReadFeatures(),
        InitStep.WriteFeatures => WriteFeatures(),
        InitStep.FeaturesOk => Set(DeviceStatus.FeaturesOk),
        InitStep.ConfirmFeatures => ConfirmFeatures(),
        InitStep.ReadConfig => ReadConfig(),
        InitStep.DiscoverQueues => DiscoverQueues(),
        InitStep.MapVectors => MapVectors(),
        InitStep.ZeroRings => ZeroRings(),
        InitStep.WriteAddresses => registers.IsLegacy ? WritePageFrames() : WriteAddresses(),
        InitStep.EnableQueues => EnableQueues(),
        _ => Set(DeviceStatus.DriverOk),
    };

    /// <summary>Reads the status until the device presents 0.</summary>
    public IEnumerable<Pause> AwaitReset()
    {
        for (var reads = 0; registers.Read(RegisterName.DeviceStatus) != 0; reads++)
        {
            if (reads > session.Options.Patience)
            {
                session.Break("the device does not complete its reset", probes);
                HasFailed = true;
                yield break;
            }

            yield return Pause.Idle;
        }

        yield return Pause.Step;
    }

    /// <summary>Adds a status bit; <see cref="DeviceStatus.None"/> resets.</summary>
    public IEnumerable<Pause> Set(DeviceStatus bit)
    {
        status = bit == DeviceStatus.None ? bit : status | bit;
        registers.Write(RegisterName.DeviceStatus, (ulong)status);
        yield return Pause.Step;
    }

    /// <summary>Gives up on the device: FAILED, and nothing after it (virtio 1.3 §3.1.1).</summary>
    private IEnumerable<Pause> Fail(string reason)
    {
        if (conduct.StopsWhenFailed())
        {
            session.Break(reason, probes);
            HasFailed = true;
        }

        return Set(DeviceStatus.Failed);
    }

    private IEnumerable<Pause> ReadFeatures()
    {
        var offered = default(FeatureSet);
        for (byte word = 0; word < (registers.IsLegacy ? 1 : FeatureWords); word++)
        {
            registers.Write(RegisterName.DeviceFeatureSelect, word);
            yield return Pause.Step;
            offered = offered.WithWord(word, (uint)registers.Read(RegisterName.DeviceFeature, featureWord: word));
            yield return Pause.Step;
        }

        conduct.Facts.Offered = offered;
    }

    private IEnumerable<Pause> WriteFeatures()
    {
        var offered = conduct.Facts.Offered;
        var proper = registers.IsLegacy
            ? Negotiation.AcceptLegacy(offered, session.Epoch.Wanted)
            : Negotiation.Accept(offered, session.Epoch.Wanted, structures.Swiotlb is not null);
        var missing = session.Epoch.Required.Except(proper);
        if (!registers.IsLegacy && !missing.IsEmpty)
        {
            foreach (var pause in Fail($"the device does not offer feature {missing}, which the driver needs")) yield return pause;
            if (HasFailed) yield break;
        }

        accepted = conduct.Accept(offered, proper);
        conduct.Facts.Accepted = accepted;
        for (byte word = 0; word < (registers.IsLegacy ? 1 : FeatureWords); word++)
        {
            registers.Write(RegisterName.DriverFeatureSelect, word);
            yield return Pause.Step;
            registers.Write(RegisterName.DriverFeature, accepted.Word(word), featureWord: word);
            yield return Pause.Step;
        }

        session.Negotiate(accepted);
    }

    private IEnumerable<Pause> ConfirmFeatures()
    {
        var read = (DeviceStatus)registers.Read(RegisterName.DeviceStatus);
        yield return Pause.Step;
        if ((read & DeviceStatus.FeaturesOk) != 0 || !conduct.StopsWhenRefused()) yield break;
        session.Result.Refused = true;
        foreach (var pause in Fail($"the device refuses the features {accepted}")) yield return pause;
    }

    private IEnumerable<Pause> ReadConfig()
    {
        // 64 bits are two reads that belong together only if the generation stayed the same (virtio 1.3 §2.5.3).
        for (var attempt = 0; attempt < 8; attempt++)
        {
            var before = registers.Read(RegisterName.ConfigGeneration);
            yield return Pause.Step;
            registers.ReadConfig(BlkLayout.ConfigCapacity, 4);
            yield return Pause.Step;
            registers.ReadConfig(BlkLayout.ConfigCapacity + 4, 4);
            yield return Pause.Step;
            if (registers.IsLegacy || registers.Read(RegisterName.ConfigGeneration) == before) break;
        }

        if (accepted.Has(FeatureBit.BlkConfigWce))
        {
            // The driver flushes, so that it may as well say that it wants the cache.
            registers.ReadConfig(BlkLayout.ConfigWriteback, 1);
            yield return Pause.Step;
            registers.WriteConfig(BlkLayout.ConfigWriteback, 1, 1);
            yield return Pause.Step;
        }

        queues = 1;
        if (!accepted.Has(FeatureBit.BlkMultiQueue)) yield break;
        queues = (ushort)registers.ReadConfig(BlkLayout.ConfigNumQueues, 2);
        yield return Pause.Step;
    }

    private IEnumerable<Pause> DiscoverQueues()
    {
        var count = Math.Clamp(Math.Min(session.Epoch.Queues, queues), 1, TransportRegisters.MaxQueues);
        session.Areas = new QueueAreas[count];
        session.Rings = new SplitRing[count];
        sizes = new QueueSize[count];
        for (ushort queue = 0; queue < count; queue++)
        {
            registers.Write(RegisterName.QueueSelect, queue, queue);
            yield return Pause.Step;
            var offered = (uint)registers.Read(RegisterName.QueueSize, queue);
            yield return Pause.Step;
            var wanted = registers.IsLegacy ? offered : Math.Min(offered, session.Epoch.QueueSize);
            if (!QueueSize.TryCreate(wanted, out sizes[queue]) || wanted < SmallestQueue)
            {
                foreach (var pause in Fail($"queue {queue} with {wanted} of {offered} entries cannot hold a request"))
                    yield return pause;
                yield break;
            }

            if (!registers.IsLegacy)
            {
                registers.Write(RegisterName.QueueSize, wanted, queue);
                yield return Pause.Step;
                registers.SetDoorbell(queue, registers.Read(RegisterName.QueueNotifyOff, queue));
                yield return Pause.Step;
            }

            if (!TryObtainAreas(queue, sizes[queue]))
            {
                session.Result.LacksRoom = true;
                foreach (var pause in Fail($"queue {queue} finds no room for its areas")) yield return pause;
                yield break;
            }
        }

        if (!session.Epoch.LooksBeyondQueues || registers.IsLegacy) yield break;
        foreach (var pause in LookBeyondQueues()) yield return pause;
    }

    private IEnumerable<Pause> LookBeyondQueues()
    {
        var behind = (ushort)registers.Read(RegisterName.NumQueues);
        yield return Pause.Step;
        registers.Write(RegisterName.QueueSelect, behind, behind);
        yield return Pause.Step;
        var size = registers.Read(RegisterName.QueueSize, behind);
        if (size != 0) probes.Remark($"queue {behind} shows {size} entries although there are {behind} queues");
        yield return Pause.Step;
    }

    private bool TryObtainAreas(ushort queue, QueueSize size)
    {
        var areas = session.Areas[queue] = new();
        SplitLayout layout;
        if (registers.IsLegacy)
        {
            if (!TryMap(queue, Part.DescriptorArea, SplitLayout.ContiguousBytes(size), SplitLayout.LegacyAlignment, out areas.Descriptors))
                return false;
            layout = SplitLayout.Contiguous(size, areas.Descriptors.Address);
        }
        else
        {
            var complete =
                TryMap(queue, Part.DescriptorArea, SplitLayout.DescriptorAreaBytes(size), SplitLayout.DescriptorAreaAlignment, out areas.Descriptors)
                && TryMap(queue, Part.DriverArea, SplitLayout.DriverAreaBytes(size), SplitLayout.DriverAreaAlignment, out areas.Driver)
                && TryMap(queue, Part.DeviceArea, SplitLayout.DeviceAreaBytes(size), SplitLayout.DeviceAreaAlignment, out areas.Device);
            if (!complete) return false;
            layout = new(size, areas.Descriptors.Address, areas.Driver.Address, areas.Device.Address);
        }

        session.Rings[queue] = new(queue, layout, session.Memory, conduct);
        return true;
    }

    private bool TryMap(ushort queue, Part part, int length, int alignment, out Mapping mapping)
        => session.Memory.TryMapArea(new(queue, part), (uint)length, (uint)alignment, probes, out mapping);

    private IEnumerable<Pause> MapVectors()
    {
        if (session.Interrupts.Vectors == 0) yield break;
        registers.Write(RegisterName.ConfigMsixVector, 0);
        yield return Pause.Step;
        // Read back: the device says NO_VECTOR when it could not map (virtio 1.3 §4.1.5.1.2).
        var config = registers.Read(RegisterName.ConfigMsixVector);
        yield return Pause.Step;
        var mapped = config != CommonConfig.NoVector;
        for (ushort queue = 0; queue < sizes.Length; queue++)
        {
            registers.Write(RegisterName.QueueSelect, queue, queue);
            yield return Pause.Step;
            var vector = session.Epoch.Interrupts ? session.Interrupts.VectorOf(queue) : CommonConfig.NoVector;
            registers.Write(RegisterName.QueueMsixVector, vector, queue);
            yield return Pause.Step;
            mapped &= registers.Read(RegisterName.QueueMsixVector, queue) == vector;
            yield return Pause.Step;
        }

        if (mapped) yield break;
        foreach (var pause in Fail("the device could not map its interrupt vectors")) yield return pause;
    }

    private IEnumerable<Pause> ZeroRings()
    {
        for (var queue = 0; queue < session.Areas.Length; queue++)
        {
            if (session.Areas[queue] is not { } areas) yield break;
            Zero((ushort)queue, areas.Descriptors);
            yield return Pause.Step;
            if (registers.IsLegacy) continue;
            Zero((ushort)queue, areas.Driver);
            yield return Pause.Step;
            Zero((ushort)queue, areas.Device);
            yield return Pause.Step;
        }
    }

    private void Zero(ushort queue, in Mapping area)
    {
        probes.Zero(queue, area.Part, area.Address, area.Length);
        var zeros = session.Memory.Scratch((int)area.Length);
        zeros.Clear();
        session.Memory.Write(area.Address, zeros);
    }

    private IEnumerable<Pause> WriteAddresses()
    {
        for (ushort queue = 0; queue < session.Rings.Length; queue++)
        {
            if (session.Rings[queue] is not { } ring) yield break;
            var layout = ring.Layout;
            registers.Write(RegisterName.QueueSelect, queue, queue);
            yield return Pause.Step;
            (RegisterName Name, ulong Half)[] halves =
            [
                (RegisterName.QueueDescLow, (uint)(layout.DescriptorArea & uint.MaxValue)),
                (RegisterName.QueueDescHigh, layout.DescriptorArea >> 32),
                (RegisterName.QueueDriverLow, (uint)(layout.DriverArea & uint.MaxValue)),
                (RegisterName.QueueDriverHigh, layout.DriverArea >> 32),
                (RegisterName.QueueDeviceLow, (uint)(layout.DeviceArea & uint.MaxValue)),
                (RegisterName.QueueDeviceHigh, layout.DeviceArea >> 32),
            ];
            foreach (var (name, half) in halves)
            {
                registers.Write(name, half, queue);
                yield return Pause.Step;
            }
        }
    }

    private IEnumerable<Pause> WritePageFrames()
    {
        for (ushort queue = 0; queue < session.Rings.Length; queue++)
        {
            registers.Write(RegisterName.QueueSelect, queue, queue);
            yield return Pause.Step;
            var frame = session.Rings[queue].Layout.DescriptorArea / LegacyHeader.PageBytes;
            registers.Write(RegisterName.QueuePageFrame, frame, queue);
            yield return Pause.Step;
        }
    }

    private IEnumerable<Pause> EnableQueues()
    {
        for (ushort queue = 0; queue < sizes.Length; queue++)
        {
            registers.Write(RegisterName.QueueSelect, queue, queue);
            yield return Pause.Step;
            registers.Write(RegisterName.QueueEnable, 1, queue);
            yield return Pause.Step;
        }
    }
}
