using System.CommandLine;
using Tracing.Capture.Simulation;
using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Cli.Live;

/// <summary>What the reference driver does with a real device, as all driving commands let the user say.</summary>
internal sealed class DrivenWork
{
    private static readonly Option<int> requests = new("--requests")
    {
        Description = "Blocks to write, and then to read back and compare.",
        DefaultValueFactory = _ => 1000,
    };

    private static readonly Option<int> blockBytes = new("--block-size")
    {
        Description = "Bytes of a block, a multiple of 512.",
        DefaultValueFactory = _ => 4096,
    };

    private static readonly Option<int> queueSize = new("--queue-size")
    {
        Description = "Entries of a queue, at most.",
        DefaultValueFactory = _ => 128,
    };

    private static readonly Option<int> queues = new("--queues")
    {
        Description = "Queues to use, at most.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int> depth = new("--depth")
    {
        Description = "Requests in flight per queue, at most.",
        DefaultValueFactory = _ => 16,
    };

    private static readonly Option<bool> poll = new("--poll") { Description = "Use no interrupts." };

    private static readonly Option<int[]> accept = new("--accept")
    {
        Description = "Accept this feature bit whatever the device offers: a way to see what it does then.",
        HelpName = "BIT",
    };

    private static readonly Option<int[]> decline = new("--decline") { Description = "Do not accept this feature bit.", HelpName = "BIT" };

    private static readonly Option<string[]> assume = new Option<string[]>("--assume")
    {
        Description = "Declare a feature to be in force that nobody negotiates.",
        HelpName = "ORDER_PLATFORM",
    }.AcceptOnlyFromAmong("ORDER_PLATFORM");

    private static readonly Option<int> patience = new("--patience")
    {
        Description = "Seconds to wait while nothing happens.",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<ulong> seed = new("--seed")
    {
        Description = "Decides what is written.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string[]> faults = FaultOption.Create();

    private readonly IReadOnlyList<ChosenFault> chosen;

    private DrivenWork(DriverEpoch epoch, DriverConduct conduct, IReadOnlyList<ChosenFault> chosen, TimeSpan wait)
    {
        this.chosen = chosen;
        (Epoch, Conduct, Patience) = (epoch, conduct, wait);
    }

    /// <summary>The options, to be added to a command.</summary>
    public static IReadOnlyList<Option> All { get; } =
        [requests, blockBytes, queueSize, queues, depth, poll, accept, decline, assume, patience, seed, faults];

    /// <summary>What the driver does.</summary>
    public DriverEpoch Epoch { get; }

    /// <summary>How it behaves.</summary>
    public DriverConduct Conduct { get; }

    /// <summary>How long to wait while nothing happens.</summary>
    public TimeSpan Patience { get; }

    /// <summary>The same with memory from elsewhere, faults included.</summary>
    public DriverEpoch EpochIn(MemoryPolicy memory)
        => chosen.Aggregate(Epoch with { Memory = memory }, (epoch, fault) => fault.Fault.ChangeEpoch(epoch, fault.Arguments));

    /// <summary>What the run declares to be in force.</summary>
    public RunFacts Facts(RunFacts facts) => facts with { Assumes = Epoch.AssumesOrderPlatform ? ["ORDER_PLATFORM"] : [] };

    /// <summary>Reads what was asked for.</summary>
    /// <exception cref="UsageException">It does not go together.</exception>
    public static DrivenWork Of(ParseResult parsed)
    {
        var block = parsed.GetValue(blockBytes);
        if (block < 512 || block > 1 << 20 || block % 512 != 0) throw new UsageException($"--block-size {block}: expected a multiple of 512 up to {1 << 20}");
        var size = parsed.GetValue(queueSize);
        if (size is < 4 or > 32768 || !int.IsPow2(size)) throw new UsageException($"--queue-size {size}: expected a power of two from 4 to 32768");
        var chosen = FaultOption.Choose(parsed.GetValue(faults) ?? []);
        var conduct = chosen.Select(fault => fault.Fault.CreateDriverConduct(fault.Arguments)).FirstOrDefault(made => made is not null);
        var wanted = DriverEpoch.DefaultFeatures.With(FeatureBit.BlkSegMax);
        foreach (var bit in parsed.GetValue(decline) ?? []) wanted = wanted.Without(Bit(bit));
        var forced = (parsed.GetValue(accept) ?? []).Aggregate(default(FeatureSet), (set, bit) => set.With(Bit(bit)));
        if (!forced.IsEmpty && conduct is not null) throw new UsageException("--accept and a fault of the driver both replace its conduct");
        var epoch = new DriverEpoch
        {
            Work = new WriteAndVerifyPlan(Within("--requests", parsed.GetValue(requests), 1, 1 << 24)) { BlockBytes = block, Key = parsed.GetValue(seed) },
            Wanted = wanted,
            Queues = Within("--queues", parsed.GetValue(queues), 1, 64),
            QueueSize = (ushort)size,
            Depth = Within("--depth", parsed.GetValue(depth), 1, 1024),
            LargestRequest = block,
            Interrupts = !parsed.GetValue(poll),
            MessageInterrupts = !parsed.GetValue(poll),
            AssumesOrderPlatform = (parsed.GetValue(assume) ?? []).Contains("ORDER_PLATFORM"),
            // Memory where a peer of unknown kind may also look: the platform's order wherever it is asked for.
            TakesExemption = true,
        };
        return new DrivenWork(
            epoch,
            forced.IsEmpty ? conduct ?? new DriverConduct() : new Accepting(forced),
            chosen,
            TimeSpan.FromSeconds(Within("--patience", parsed.GetValue(patience), 1, 3600)));
    }

    private static int Bit(int bit)
        => bit is >= 0 and < FeatureSet.Limit ? bit : throw new UsageException($"feature bit {bit}: expected 0 to {FeatureSet.Limit - 1}");

    private static int Within(string option, int value, int least, int most)
        => value >= least && value <= most ? value : throw new UsageException($"{option} {value}: expected {least} to {most}");

    /// <summary>Accepts what was not offered.</summary>
    private sealed class Accepting(FeatureSet forced) : DriverConduct
    {
        public override FeatureSet Accept(FeatureSet offered, FeatureSet proper) => proper.Union(forced);
    }
}
