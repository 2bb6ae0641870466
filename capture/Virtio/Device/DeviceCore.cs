using Tracing.Schemas;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Device;

/// <summary>The device behind its registers, whatever the transport: status, features, queues, reset.</summary>
internal sealed class DeviceCore
{
    private const DeviceStatus KnownBits = DeviceStatus.Acknowledge | DeviceStatus.Driver | DeviceStatus.DriverOk
        | DeviceStatus.FeaturesOk | DeviceStatus.Failed;

    private readonly int resetSteps;
    private readonly bool hasStatus;
    private int resetStepsLeft;

    public DeviceCore(
        DeviceOptions options, DeviceModel model, DeviceConduct conduct, DeviceProbes probes, IDeviceInterrupts interrupts,
        IBusMemory memory, bool hasStatus = true)
    {
        this.hasStatus = hasStatus;
        Options = options;
        Conduct = conduct;
        Probes = probes;
        Interrupts = interrupts;
        resetSteps = options.ResetSteps;
        var proper = options.Legacy ? LegacyFeatures(options.Features) : options.Features;
        Offered = conduct.OfferedFeatures(proper);
        var scratch = new byte[PayloadDma.ChunkBytes];
        Queues = new SplitQueue[options.Queues];
        for (ushort i = 0; i < Queues.Length; i++) Queues[i] = new SplitQueue(this, model, i, memory, scratch);
    }

    public DeviceOptions Options { get; }

    public DeviceConduct Conduct { get; }

    public DeviceProbes Probes { get; }

    public IDeviceInterrupts Interrupts { get; }

    public SplitQueue[] Queues { get; }

    public FeatureSet Offered { get; }

    /// <summary>What the driver wrote, before and after FEATURES_OK.</summary>
    public FeatureSet DriverFeatures { get; private set; }

    /// <summary>What both sides settled on; empty before FEATURES_OK.</summary>
    public FeatureSet Accepted { get; private set; }

    /// <summary>What the device presents.</summary>
    public DeviceStatus Status { get; private set; }

    public bool IsResetting { get; private set; }

    public ushort ConfigVector { get; private set; } = CommonConfig.NoVector;

    public byte ConfigGeneration { get; private set; }

    /// <summary>Counts resets, so that a transport can drop its select registers.</summary>
    public int Resets { get; private set; }

    public Action<FeatureSet>? Settled { get; set; }

    public Action? ProtectionDropped { get; set; }

    public SplitQueue? QueueAt(int index) => index >= 0 && index < Queues.Length ? Queues[index] : null;

    public void SetConfigVector(ushort vector) => ConfigVector = Interrupts.VectorFor(vector);

    /// <summary>Further feature bits after FEATURES_OK change nothing (virtio 1.3 §3.1.1).</summary>
    public void SetDriverFeatures(uint select, uint word)
    {
        if ((Status & DeviceStatus.FeaturesOk) == 0) DriverFeatures = DriverFeatures.WithWord(select, word);
    }

    public void WriteStatus(byte value)
    {
        if (value == 0)
        {
            BeginReset();
            return;
        }

        // Until 0 is presented the reset is all that happens.
        if (IsResetting) return;
        var wanted = ((DeviceStatus)value & KnownBits) | (Status & DeviceStatus.NeedsReset);
        var added = wanted & ~Status;
        if (!Options.Legacy && (added & DeviceStatus.FeaturesOk) != 0 && !TrySettle()) wanted &= ~DeviceStatus.FeaturesOk;
        var live = (added & DeviceStatus.DriverOk) != 0;
        if (live && Options.Legacy) Accepted = DriverFeatures.Intersect(Offered);
        if (wanted != Status) Present(wanted);
        if (!live) return;
        if (!Options.Legacy && (wanted & DeviceStatus.FeaturesOk) == 0)
            Fail(EventRecord.None, $"device_status {(byte)value:x2}: DRIVER_OK without FEATURES_OK");
        foreach (var queue in Queues) queue.GoLive();
    }

    /// <summary>
    /// Where the transport has no device status: features hold as soon as they are said, and queues run when they are started.
    /// </summary>
    public void Settle(FeatureSet accepted)
    {
        DriverFeatures = accepted;
        Accepted = accepted.Intersect(Offered);
        Status = DeviceStatus.FeaturesOk | DeviceStatus.DriverOk;
        Settled?.Invoke(Accepted);
    }

    /// <summary>A reset that the platform does: nothing is awaited.</summary>
    public void ResetAtOnce()
    {
        if (Status != DeviceStatus.None || IsResetting) CompleteReset();
    }

    /// <summary>Takes one step towards the end of a reset.</summary>
    public void StepReset()
    {
        if (--resetStepsLeft <= 0) CompleteReset();
    }

    /// <summary>Whether a queue may be served now.</summary>
    public bool MayConsume()
    {
        const DeviceStatus Deciding = DeviceStatus.DriverOk | DeviceStatus.NeedsReset | DeviceStatus.Failed;
        return Conduct.MayConsume(Status, (Status & Deciding) == DeviceStatus.DriverOk);
    }

    /// <summary>Enables a queue with the layout in its registers.</summary>
    public void Enable(SplitQueue queue)
    {
        if (queue.Registers.TryGetLayout(out var layout) is { } problem) Fail(queue.Index, problem);
        else Start(queue, layout);
    }

    public void Start(SplitQueue queue, SplitLayout layout)
    {
        queue.Registers.IsEnabled = true;
        queue.Start(layout);
        if ((Status & DeviceStatus.DriverOk) != 0) queue.GoLive();
    }

    /// <summary>
    /// Gives up until the driver resets the device (virtio 1.3 §2.1.2): what was seen is recorded, the status says so,
    /// and a driver that is up is told.
    /// </summary>
    public void Fail(ushort queue, string note, ushort? head = null, ulong? value = null)
    {
        Probes.Error(queue, note, head, value);
        if ((Status & DeviceStatus.NeedsReset) != 0) return;
        Present(Status | DeviceStatus.NeedsReset);
        if ((Status & DeviceStatus.DriverOk) != 0) Interrupts.Signal(EventRecord.None, ConfigVector);
    }

    /// <summary>The device configuration changed.</summary>
    public void ChangeConfiguration()
    {
        ConfigGeneration = unchecked((byte)(ConfigGeneration + 1));
        if ((Status & DeviceStatus.DriverOk) != 0) Interrupts.Signal(EventRecord.None, ConfigVector);
    }

    /// <summary>The legacy interface has 32 feature bits, and bit 27 among them is ANY_LAYOUT (virtio 1.3 §6.3).</summary>
    private static FeatureSet LegacyFeatures(FeatureSet features)
        => new FeatureSet(features.Word(0)).With(FeatureBit.AnyLayout);

    private void BeginReset()
    {
        if (IsResetting) return;
        IsResetting = true;
        resetStepsLeft = Conduct.ResetSteps(resetSteps);
        // A device that was never driven has nothing under way.
        if (Status == DeviceStatus.None || resetStepsLeft <= 0) CompleteReset();
    }

    private void CompleteReset()
    {
        IsResetting = false;
        Resets++;
        DriverFeatures = default;
        Accepted = default;
        ConfigVector = CommonConfig.NoVector;
        foreach (var queue in Queues)
        {
            queue.Registers.Reset();
            queue.Stop();
        }

        Interrupts.Clear();
        Present(DeviceStatus.None);
        foreach (var queue in Queues) queue.Stray(DeviceMoment.ResetPresented);
    }

    private bool TrySettle()
    {
        var declined = Offered.Has(FeatureBit.Swiotlb) && !DriverFeatures.Has(FeatureBit.Swiotlb);
        var proper = DriverFeatures.Except(Offered).IsEmpty
            && DriverFeatures.Has(FeatureBit.Version1)
            && !(declined && Options.Policy == SwiotlbPolicy.Require);
        if (!Conduct.AcceptsFeatures(DriverFeatures, proper)) return false;
        Accepted = DriverFeatures.Intersect(Offered);
        if (declined && Options.Policy == SwiotlbPolicy.Fallback) ProtectionDropped?.Invoke();
        Settled?.Invoke(Accepted);
        return true;
    }

    private void Present(DeviceStatus status)
    {
        Status = status;
        if (hasStatus) Probes.StatusPresented(status);
    }
}
