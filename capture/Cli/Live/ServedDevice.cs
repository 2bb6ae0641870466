using System.CommandLine;
using Tracing.Capture.Simulation;
using Tracing.Virtio;
using Tracing.Virtio.Block;
using Tracing.Virtio.Device;

namespace Tracing.Capture.Cli.Live;

/// <summary>Which device is served, as both transports let the user say.</summary>
internal sealed class ServedDevice : IDisposable
{
    private const uint DefaultRegion = 4 << 20;

    private static readonly Option<string> type = new Option<string>("--device")
    {
        Description = "What it is.",
        DefaultValueFactory = _ => "blk",
    }.AcceptOnlyFromAmong("blk", "rng");

    private static readonly Option<string?> image = new("--image")
    {
        Description = "A blk device's image, which must exist; without one it is 16 MiB of zeros in memory.",
        HelpName = "FILE",
    };

    private static readonly Option<string> policy = new Option<string>("--policy")
    {
        Description = "What the device does when SWIOTLB is declined: go on, refuse FEATURES_OK, or go on with the platform's protection dropped.",
        DefaultValueFactory = _ => "offer",
    }.AcceptOnlyFromAmong("offer", "require", "fallback");

    private static readonly Option<string[]> features = new("--features")
    {
        Description = "Features to offer besides, or with - in front not to: swiotlb, access-platform, order-platform, indirect, event-idx.",
        AllowMultipleArgumentsPerToken = true,
        HelpName = "[-]NAME",
    };

    private static readonly Option<long> regionBytes = new("--region-size")
    {
        Description = "Bytes of the bounce-buffer region; 0 = the device has none.",
        DefaultValueFactory = _ => DefaultRegion,
        HelpName = "BYTES",
    };

    private static readonly Option<int> queues = new("--queues")
    {
        Description = "Request queues of a blk device.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> queueSize = new("--queue-size")
    {
        Description = "Entries of a queue.",
        DefaultValueFactory = _ => 256,
    };

    private static readonly Option<string[]> faults = FaultOption.Create();

    private static readonly Dictionary<string, ushort> names = new(StringComparer.Ordinal)
    {
        ["swiotlb"] = FeatureBit.Swiotlb,
        ["access-platform"] = FeatureBit.AccessPlatform,
        ["order-platform"] = FeatureBit.OrderPlatform,
        ["indirect"] = FeatureBit.IndirectDescriptors,
        ["event-idx"] = FeatureBit.EventIndex,
    };

    private readonly IDisposable? medium;

    private ServedDevice(DeviceModel model, DeviceOptions options, DeviceConduct conduct, IDisposable? medium)
    {
        this.medium = medium;
        (Model, Options, Conduct) = (model, options, conduct);
    }

    /// <summary>The options, to be added to a command.</summary>
    public static IReadOnlyList<Option> All { get; } = [type, image, policy, features, regionBytes, queues, queueSize, faults];

    /// <summary>What kind of device it is.</summary>
    public DeviceModel Model { get; }

    /// <summary>How it is built.</summary>
    public DeviceOptions Options { get; }

    /// <summary>How it behaves.</summary>
    public DeviceConduct Conduct { get; }

    /// <summary>Makes what was asked for.</summary>
    /// <exception cref="UsageException">It does not go together.</exception>
    /// <exception cref="IOException">The image cannot be opened.</exception>
    public static ServedDevice Of(ParseResult parsed)
    {
        var isBlk = parsed.GetValue(type) == "blk";
        var offered = Offered(parsed, isBlk);
        var region = parsed.GetValue(regionBytes);
        if (region != 0 && (region < 4096 || region > 1 << 30 || !long.IsPow2(region)))
            throw new UsageException($"--region-size {region}: expected 0 or a power of two from 4096 to {1 << 30}");
        if (parsed.GetValue(queues) is < 1 or > 64) throw new UsageException($"--queues {parsed.GetValue(queues)}: expected a number from 1 to 64");
        var size = parsed.GetValue(queueSize);
        if (size is < 2 or > 32768 || !int.IsPow2(size)) throw new UsageException($"--queue-size {size}: expected a power of two from 2 to 32768");
        var chosen = FaultOption.Choose(parsed.GetValue(faults) ?? []);
        var options = new DeviceOptions
        {
            Features = offered,
            SwiotlbBytes = (uint)region,
            HintsRegion = region > 0,
            Queues = (ushort)(isBlk ? parsed.GetValue(queues) : 1),
            QueueSize = (ushort)size,
            Policy = parsed.GetValue(policy) switch
            {
                "require" => SwiotlbPolicy.Require,
                "fallback" => SwiotlbPolicy.Fallback,
                _ => SwiotlbPolicy.OfferOnly,
            },
        };
        options = chosen.Aggregate(options, (built, fault) => fault.Fault.ChangeDevice(built, fault.Arguments));
        var conduct = chosen.Select(fault => fault.Fault.CreateDeviceConduct(fault.Arguments)).FirstOrDefault(made => made is not null);
        var medium = !isBlk ? null : parsed.GetValue(image) is { } path ? FileBlockBackend.Open(path) : (IBlockBackend)new MemoryBlockBackend(32768);
        return new ServedDevice(
            medium is null ? new RngModel(seed: 1) : new BlkModel(medium), options, conduct ?? new DeviceConduct(), medium as IDisposable);
    }

    /// <inheritdoc/>
    public void Dispose() => medium?.Dispose();

    private static FeatureSet Offered(ParseResult parsed, bool isBlk)
    {
        var offered = FeatureSet.Of(FeatureBit.Version1, FeatureBit.Swiotlb, FeatureBit.IndirectDescriptors, FeatureBit.EventIndex);
        if (isBlk) offered = offered.With(FeatureBit.BlkSegMax).With(FeatureBit.BlkFlush);
        if (isBlk && parsed.GetValue(queues) > 1) offered = offered.With(FeatureBit.BlkMultiQueue);
        foreach (var word in parsed.GetValue(features) ?? [])
        {
            if (!names.TryGetValue(word.TrimStart('-'), out var bit))
                throw new UsageException($"--features {word}: expected one of {string.Join(", ", names.Keys)}, with - in front not to offer it");
            offered = word.StartsWith('-') ? offered.Without(bit) : offered.With(bit);
        }

        return offered;
    }
}
