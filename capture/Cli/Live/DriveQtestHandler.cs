using Tracing.Peers;
using Tracing.Peers.Memory;
using Tracing.Peers.Qtest;
using Tracing.Schemas;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Cli.Live;

/// <summary>What <c>capture drive qtest</c> does: finds and places the function, lays out memory, runs the driver.</summary>
internal static class DriveQtestHandler
{
    private const ushort VirtioVendor = 0x1af4;
    private const ushort IvshmemDevice = 0x1110;
    private const byte WindowBar = 2;
    private const ulong RamStart = 16 << 20;
    private const ulong RamBytes = 64 << 20;

    /// <summary>Memory of this process alone, for what the device must not see: where no bus has anything.</summary>
    private const ulong PrivateStart = 1UL << 46;
    private const int PrivateBytes = 32 << 20;

    private const int Vectors = 65;
    private static readonly TimeSpan answerTime = TimeSpan.FromSeconds(20);
    private static readonly ushort[] blkDevices = [0x1042, 0x1001];

    public static ExitCode Run(DriveQtestOptions options, TextWriter output, TextWriter error, CancellationToken token)
        => LiveRecording.Record(
            options.Live, options.Work.Facts, recording => Drive(options, recording, output, error, token), output, error, token);

    private static ExitCode Drive(
        DriveQtestOptions options, LiveRecording recording, TextWriter output, TextWriter error, CancellationToken token)
    {
        using var qtest = QtestLink.Await(options.Socket, answerTime, token);
        var bus = new QtestBus(qtest);
        var place = options.Function ?? Find(bus, blkDevices) ?? throw new IOException("there is no virtio-blk function on bus 0 of this QEMU");
        var function = new QtestFunction(bus, place);
        var memory = new GuestMemory(recording.Platform);
        var placement = new BarPlacement();
        recording.Platform.DeviceAppeared(0, 2, $"virtio-blk at {place}");

        var bars = placement.Place(function);
        var hasRegion = bars.Any(bar => bar.Bar == WindowBar && !bar.IsPort);
        var windowPlace = options.Memory == "ram" ? null : options.Window ?? (hasRegion ? null : Find(bus, [IvshmemDevice]));
        if (options.Memory != "ram" && windowPlace is null && !hasRegion)
            throw new IOException("the function has no BAR 2, and there is no ivshmem device whose BAR could take its place");
        using var region = options.RegionFile is { } path ? OpenFile(path) : null;
        var own = Regions(memory, function, 0, bars, windowPlace is null ? region : null, bus);
        function.DecodingChanged = own.Update;
        var window = windowPlace is { } other ? MapWindow(options, memory, bus, placement, other, region) : (Window?)null;
        var isPrivate = options.Memory == "bar" && options.RamFile is null;
        using var ram = isPrivate ? null : MapRam(options, memory, bus);

        var pool = window ?? (hasRegion ? new Window(bars.First(bar => bar.Bar == WindowBar).Address, bars.First(bar => bar.Bar == WindowBar).Bytes) : default);
        if (options.Iommu) VtdWindow.Confine(bus, place, pool.Start, pool.Length);
        var wordBytes = MessageWords.BytesFor(Vectors);
        var words = (options.Memory == "ram" ? RamStart + RamBytes : pool.Start + pool.Length) - wordBytes;
        if (isPrivate) memory.Map(PrivateStart, new ArrayBacking(PrivateBytes), new RegionDescription(RegionOrigin.SystemMemory, Name: "the driver's own memory"));
        var driver = new ReferenceDriver(
            new DriverOptions
            {
                Epochs = [options.Work.EpochIn(Policy(options, window).LeavingFree(wordBytes))],
                SystemMemory = isPrivate ? new Window(PrivateStart, PrivateBytes) : new Window(RamStart, RamBytes - wordBytes),
                Patience = int.MaxValue,
            },
            function, memory, new MessageWords(memory, words, Vectors), recording.Open("driver"), options.Work.Conduct);
        try
        {
            var stopped = DriverLoop.Run(driver, options.Work.Patience, bus.Look, token);
            if (stopped is not null) recording.Platform.Remark($"the driver was stopped: {stopped}");
            return DriveResult.Tell(driver.Result, stopped, output, error);
        }
        catch (IOException)
        {
            // What was done until QEMU went is worth telling; why it ended is told with the recording.
            DriveResult.Tell(driver.Result, stopped: null, output, error);
            throw;
        }
    }

    private static PciPlace? Find(QtestBus bus, ushort[] devices)
    {
        for (byte slot = 0; slot < 32; slot++)
        {
            var place = new PciPlace(0, slot, 0);
            var id = bus.ReadConfig(place, PciConfig.VendorId, 4);
            if ((id & ushort.MaxValue) == VirtioVendor && devices.Contains((ushort)(id >> 16))) return place;
        }

        return null;
    }

    private static FunctionRegions Regions(
        GuestMemory memory, QtestFunction function, ushort? device, IReadOnlyList<PlacedBar> bars, IMemoryBacking? region, QtestBus bus)
    {
        var backings = new Dictionary<byte, IMemoryBacking>();
        foreach (var bar in bars.Where(bar => bar is { Bar: WindowBar, IsPort: false }))
            backings[bar.Bar] = region ?? new QtestBacking(bus, bar.Address, bar.Bytes);
        var regions = new FunctionRegions(memory, function, device, backings, RegionAttribute.WriteBack);
        foreach (var bar in bars.Where(bar => !bar.IsPort)) regions.Know(bar.Bar, bar.Bytes);
        regions.Update();
        return regions;
    }

    /// <summary>Where everything must lie in it, it is declared; where the driver mixes, it is no more than preferred.</summary>
    private static Window MapWindow(DriveQtestOptions options, GuestMemory memory, QtestBus bus, BarPlacement placement, PciPlace place, IMemoryBacking? region)
    {
        var function = new QtestFunction(bus, place);
        var bars = placement.Place(function);
        if (bars.FirstOrDefault(bar => bar is { Bar: WindowBar, IsPort: false }) is not { Bytes: > 0 } bar)
            throw new IOException($"the function at {place} has no memory BAR {WindowBar}");
        Regions(memory, function, null, bars, region, bus);
        var origin = options.Memory == "bar" ? RegionOrigin.Declared : RegionOrigin.Preferred;
        memory.MapWindow(bar.Address, bar.Bytes, new RegionDescription(origin, Device: 0, Bar: WindowBar, Name: $"BAR {WindowBar} of {place}"));
        return new Window(bar.Address, bar.Bytes);
    }

    private static RequiredBacking? MapRam(DriveQtestOptions options, GuestMemory memory, QtestBus bus)
    {
        var about = new RegionDescription(RegionOrigin.SystemMemory, Name: "guest memory");
        if (options.RamFile is null)
        {
            memory.Map(RamStart, new QtestBacking(bus, RamStart, RamBytes), about);
            return null;
        }

        var file = File.OpenHandle(options.RamFile, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var ram = new RequiredBacking(PeerMemory.Open(file, (long)RamStart, (long)RamBytes), options.RamFile);
        memory.Map(RamStart, ram, about);
        return ram;
    }

    private static MemoryPolicy Policy(DriveQtestOptions options, Window? window) => (options.Memory, window) switch
    {
        ("ram", _) => MemoryPolicy.System,
        ("bar", { } other) => MemoryPolicy.Declared(other),
        ("bar", null) => MemoryPolicy.Region,
        // Descriptors and available ring in the window, the used ring outside: so every kind of pair occurs.
        (_, { } other) => MemoryPolicy.MixedWith(other, 50, Part.DescriptorArea, Part.DriverArea),
        _ => MemoryPolicy.Mixed(50, Part.DescriptorArea, Part.DriverArea),
    };

    private static RequiredBacking OpenFile(string path)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        return new RequiredBacking(PeerMemory.Open(file, 0, RandomAccess.GetLength(file)), path);
    }
}
