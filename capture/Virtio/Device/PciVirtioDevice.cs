using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Device;

/// <summary>
/// A virtio device behind virtio-pci, complete: configuration space, BARs, registers, rings, requests.
/// </summary>
/// <remarks>
/// Nothing happens by itself. Register accesses are executed as they arrive; everything else is done by the steps of
/// <see cref="Run"/>. Whatever a driver writes, into registers or memory, no member throws because of it.
/// </remarks>
public sealed class PciVirtioDevice : IPciBus
{
    /// <summary>The BAR of the bounce-buffer region.</summary>
    public const int RegionBar = 2;

    private readonly DeviceOptions options;
    private readonly DeviceSurroundings around;
    private readonly MsixTable msix;
    private readonly DeviceProbes probes;
    private readonly DeviceInterrupts interrupts;
    private readonly DeviceCore core;
    private readonly IDeviceConfiguration config;
    private readonly FunctionLayout layout;
    private readonly BarMapping mapping;
    private readonly IMemoryBacking? region;

    /// <summary>A device that is not powered on yet.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public PciVirtioDevice(DeviceOptions options, DeviceSurroundings surroundings)
    {
        Require(options);
        this.options = options;
        around = surroundings;
        var dma = surroundings.Dma ?? surroundings.Bus;
        msix = new MsixTable(options.Vectors);
        probes = new DeviceProbes(surroundings.Sink, options.Device);
        interrupts = new DeviceInterrupts(msix, surroundings.Interrupts, probes, surroundings.Conduct, dma as IFencedMemory);
        var offered = options.SwiotlbBytes == 0 && !options.Legacy
            ? options with { Features = options.Features.Without(FeatureBit.Swiotlb) }
            : options;
        core = new DeviceCore(offered, surroundings.Model, surroundings.Conduct, probes, interrupts, dma);
        config = surroundings.Model.CreateConfiguration(core.Offered, options);
        layout = new FunctionLayout(offered, surroundings.Model, surroundings.Conduct, core, interrupts, config, msix);
        mapping = new BarMapping(surroundings.Bus, surroundings.Platform, options.Device, surroundings.RegionAttribute);
        if (options.SwiotlbBytes > 0) region = surroundings.Region ?? new ArrayBacking((int)options.SwiotlbBytes);
    }

    /// <summary>Called when FEATURES_OK is accepted, with what was negotiated.</summary>
    public Action<FeatureSet>? FeaturesSettled { get => core.Settled; set => core.Settled = value; }

    /// <summary>
    /// Called when the driver declined SWIOTLB and the policy is <see cref="SwiotlbPolicy.Fallback"/>: the platform is
    /// expected to let the device reach system memory from now on.
    /// </summary>
    public Action? ProtectionDropped { get => core.ProtectionDropped; set => core.ProtectionDropped = value; }

    /// <summary>The device status that it presents.</summary>
    public DeviceStatus Status => core.Status;

    /// <summary>What it offers.</summary>
    public FeatureSet Offered => core.Offered;

    /// <summary>What was negotiated; empty before FEATURES_OK.</summary>
    public FeatureSet Accepted => core.Accepted;

    /// <summary>The structures that it presents.</summary>
    public IReadOnlyList<VirtioCapability> Capabilities => layout.Capabilities;

    /// <summary>
    /// Power-on, as firmware leaves it: BARs placed, memory and I/O decoded, bus mastering off. The platform reports the
    /// device and its regions, the device its capabilities.
    /// </summary>
    /// <param name="registers">Address of BAR 0, in I/O space on a legacy device.</param>
    /// <param name="regionBase">Address of BAR 2, if there is one.</param>
    /// <param name="legacyVectors">Address of BAR 1, which on a legacy device holds the MSI-X table.</param>
    public void PowerOn(ulong registers, ulong regionBase = 0, ulong legacyVectors = 0)
    {
        Appear();
        layout.Space.Bar(0).Place(registers);
        if (options.Legacy) layout.Space.Bar(1).Place(legacyVectors);
        if (region is not null) layout.Space.Bar(RegionBar).Place(regionBase);
        layout.Space.SetCommand(PciConfig.CommandMemory | PciConfig.CommandIo);
        Decode();
        foreach (var (capability, place) in layout.Placed) probes.Capability(capability, place);
    }

    /// <summary>Power-on before any firmware: no BAR is placed, nothing is decoded.</summary>
    public void PowerOnUnplaced()
    {
        Appear();
        foreach (var (capability, place) in layout.Placed) probes.Capability(capability, place);
    }

    /// <summary>The whole function is reset, as by the platform: the device with it, at once; BARs are no longer placed.</summary>
    public void ResetFunction()
    {
        core.ResetAtOnce();
        layout.Space.Reset();
        msix.Clear();
        msix.SetControl(layout.MsixControl);
        Decode();
    }

    /// <summary>The BAR that answers at an address of the bus now, and the offset in it.</summary>
    /// <param name="address">The bus address.</param>
    /// <param name="isIo">Whether it is one of I/O space.</param>
    /// <param name="bar">The BAR.</param>
    /// <param name="offset">The offset.</param>
    public bool TryFindBar(ulong address, bool isIo, out int bar, out ulong offset)
    {
        for (bar = 0; bar < PciConfig.BarCount; bar++)
        {
            var register = layout.Space.Bar(bar);
            offset = unchecked(address - register.Address);
            if (IsDecoded(bar) && (register.Kind == BarKind.Io) == isIo && address >= register.Address && offset < register.Bytes) return true;
        }

        (bar, offset) = (-1, 0);
        return false;
    }

    /// <summary>The device's own work, for ever. Idle = nothing to do until a register is accessed.</summary>
    public IEnumerator<Pause> Run()
    {
        var turn = 0;
        while (true)
        {
            var queue = NextWithWork(ref turn);
            if (queue is null && !core.IsResetting)
            {
                foreach (var idle in core.Queues) idle.Stray(DeviceMoment.Idle);
                yield return Pause.Idle;
                continue;
            }

            // A reset lets work under way go on: DMA is legal until 0 is presented.
            queue?.Step();
            if (core.IsResetting) core.StepReset();
            yield return Pause.Step;
        }
    }

    /// <summary>The medium changed its size: the configuration shows it and the driver is told.</summary>
    public void CapacityChanged()
    {
        config.Refresh();
        core.ChangeConfiguration();
    }

    /// <inheritdoc/>
    public uint ReadConfig(int offset, int width)
    {
        if (!ConfigurationSpace.IsAccess(offset, width)) return (uint)Little.Ones(width is 1 or 2 ? width : 4);
        if (layout.IsWindow(offset, width)) layout.LoadWindow(ReadStructure);
        var value = layout.Space.Read(offset, width);
        probes.RegisterRead(layout.AccessAt(offset, width), value);
        return value;
    }

    /// <inheritdoc/>
    public void WriteConfig(int offset, int width, uint value)
    {
        if (!ConfigurationSpace.IsAccess(offset, width)) return;
        value &= (uint)Little.Ones(width);
        probes.RegisterWrite(layout.AccessAt(offset, width), value);
        layout.Space.Write(offset, width, value);
        if (layout.IsWindow(offset, width)) layout.StoreWindow(WriteStructure);
        msix.SetControl(layout.MsixControl);
        Decode();
        interrupts.SendPending();
    }

    /// <inheritdoc/>
    public ulong ReadBar(int bar, ulong offset, int width)
        => Little.IsWidth(width) && IsDecoded(bar) ? ReadStructure(bar, offset, width) : Little.Ones(width);

    /// <inheritdoc/>
    public void WriteBar(int bar, ulong offset, int width, ulong value)
    {
        if (Little.IsWidth(width) && IsDecoded(bar))
            WriteStructure(bar, offset, width, value & Little.Ones(width));
    }

    private void Appear()
    {
        around.Platform.DeviceAppeared(options.Device, around.Model.Type, options.Name ?? around.Model.Name);
        probes.ThreadStarted(0, "registers");
        foreach (var queue in core.Queues)
            probes.ThreadStarted(DeviceProbes.ThreadOf(queue.Index), $"queue {queue.Index}");
    }

    private static void Require(DeviceOptions options)
    {
        if (options.Queues is 0 or > 64) throw Wrong(nameof(options.Queues), options.Queues, "1 to 64");
        if (options.Vectors is 0 or > 128) throw Wrong(nameof(options.Vectors), options.Vectors, "1 to 128");
        if (!QueueSize.TryCreate(options.QueueSize, out _))
            throw Wrong(nameof(options.QueueSize), options.QueueSize, "a power of two up to 32768");
        var region = options.SwiotlbBytes;
        if (region != 0 && (region < 4096 || region > 1 << 30 || !System.Numerics.BitOperations.IsPow2(region)))
            throw Wrong(nameof(options.SwiotlbBytes), region, "0 or a power of two from 4096 to 2^30");
        if (options.UsedBatch < 1) throw Wrong(nameof(options.UsedBatch), options.UsedBatch, "at least 1");
    }

    private static ArgumentException Wrong(string name, object seen, string expected)
        => new($"{name} is {seen}; {expected} was expected.", name);

    private SplitQueue? NextWithWork(ref int turn)
    {
        if (!core.MayConsume()) return null;
        for (var i = 0; i < core.Queues.Length; i++)
        {
            var queue = core.Queues[turn];
            turn = turn + 1 == core.Queues.Length ? 0 : turn + 1;
            if (queue.HasWork) return queue;
        }

        return null;
    }

    private bool IsDecoded(int bar)
    {
        if (bar is < 0 or >= PciConfig.BarCount) return false;
        var register = layout.Space.Bar(bar);
        var needed = register.Kind == BarKind.Io ? PciConfig.CommandIo : PciConfig.CommandMemory;
        return register.IsPlaced && (layout.Space.Command & needed) != 0;
    }

    private void Decode()
    {
        var command = layout.Space.Command;
        msix.IsBusMaster = (command & PciConfig.CommandBusMaster) != 0;
        interrupts.IsPinDisabled = (command & PciConfig.CommandInterruptDisable) != 0;
        for (var bar = 0; bar < PciConfig.BarCount; bar++)
        {
            var register = layout.Space.Bar(bar);
            if (register.Kind is BarKind.None or BarKind.Io) continue;
            var backing = bar == RegionBar ? region : null;
            mapping.Update(bar, register, IsDecoded(bar) ? register.Address : null, backing, layout.Capabilities);
        }

        var start = mapping.AddressOf(RegionBar);
        foreach (var queue in core.Queues)
            queue.SetRegion(start ?? 0, start is null ? 0 : options.SwiotlbBytes);
    }

    private ulong ReadStructure(int bar, ulong offset, int width)
    {
        if (layout.BlockAt(bar, offset) is { } block) return block.File.Read(offset - block.Offset, width);
        Span<byte> bytes = stackalloc byte[width];
        return bar == RegionBar && IsInRegion(offset, width) && region!.TryRead(offset, bytes)
            ? Little.Read(bytes, 0, width)
            : Little.Ones(width);
    }

    private void WriteStructure(int bar, ulong offset, int width, ulong value)
    {
        if (layout.BlockAt(bar, offset) is { } block)
        {
            block.File.Write(offset - block.Offset, width, value);
            return;
        }

        if (bar != RegionBar || !IsInRegion(offset, width)) return;
        Span<byte> bytes = stackalloc byte[width];
        Little.Write(bytes, 0, width, value);
        region!.TryWrite(offset, bytes);
    }

    private bool IsInRegion(ulong offset, int width)
        => region is not null && region.Length >= (ulong)width && offset <= region.Length - (ulong)width;
}
