using Tracing.Schemas;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;

namespace Tracing.Capture.Simulation;

/// <summary>What a scenario is given to run with.</summary>
public sealed class RunContext
{
    private readonly Func<string, IReadOnlyList<string>, IEventSink> openSource;
    private readonly Dictionary<string, IEventSink> sinks = new(StringComparer.Ordinal);
    private readonly List<string> failures = [];
    private readonly IReadOnlyList<ChosenFault> faults;

    /// <param name="seed">The seed.</param>
    /// <param name="arguments">The scenario's parameters.</param>
    /// <param name="faults">The faults; at most one per side has a conduct.</param>
    /// <param name="openSource">Opens a source, given its name and what it sees.</param>
    /// <param name="token">Ends the run.</param>
    public RunContext(
        ulong seed,
        Arguments arguments,
        IReadOnlyList<ChosenFault> faults,
        Func<string, IReadOnlyList<string>, IEventSink> openSource,
        CancellationToken token)
    {
        Seed = seed;
        Arguments = arguments;
        this.faults = faults;
        this.openSource = openSource;
        Token = token;
        Random = new SeededRandom(seed);
        Scheduler = new Scheduler(Random, token);
        DriverConduct = faults.Select(fault => fault.Fault.CreateDriverConduct(fault.Arguments)).FirstOrDefault(conduct => conduct is not null)
            ?? new DriverConduct();
        DeviceConduct = faults.Select(fault => fault.Fault.CreateDeviceConduct(fault.Arguments)).FirstOrDefault(conduct => conduct is not null)
            ?? new DeviceConduct();
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>The run's randomness.</summary>
    public SeededRandom Random { get; }

    /// <summary>The scenario's parameters.</summary>
    public Arguments Arguments { get; }

    /// <summary>The faults at work.</summary>
    public IReadOnlyList<ChosenFault> Faults => faults;

    /// <summary>Ends the run.</summary>
    public CancellationToken Token { get; }

    /// <summary>Runs the machines.</summary>
    public Scheduler Scheduler { get; }

    /// <summary>How the driver conducts itself: right, unless a fault says otherwise.</summary>
    public DriverConduct DriverConduct { get; }

    /// <summary>How the device conducts itself: right, unless a fault says otherwise.</summary>
    public DeviceConduct DeviceConduct { get; }

    /// <summary>The source of the driver's events.</summary>
    public IEventSink DriverSink => SinkOf("driver");

    /// <summary>The source of the device's events.</summary>
    public IEventSink DeviceSink => SinkOf("device");

    /// <summary>The source of the platform's events.</summary>
    public IEventSink PlatformSink => SinkOf("platform");

    /// <summary>What did not go as a right run goes.</summary>
    public IReadOnlyList<string> Failures => failures;

    /// <summary>A source that sees everything of the actor whose name it begins with, such as "driver" or "device-2".</summary>
    public IEventSink SinkOf(string source)
    {
        if (sinks.TryGetValue(source, out var known)) return known;
        var sink = openSource(source, [$"{source.Split('-')[0]}.*"]);
        sinks.Add(source, sink);
        return sink;
    }

    /// <summary>How the device is to be built, faults included.</summary>
    public DeviceOptions Change(DeviceOptions proper)
        => faults.Aggregate(proper, (options, fault) => fault.Fault.ChangeDevice(options, fault.Arguments));

    /// <summary>What the driver is to do, faults included.</summary>
    public DriverEpoch Change(DriverEpoch proper)
        => faults.Aggregate(proper, (epoch, fault) => fault.Fault.ChangeEpoch(epoch, fault.Arguments));

    /// <summary>Puts on the bus what faults bring along.</summary>
    public void ChangePlatform(GuestMemory memory, PlatformProbes platform)
    {
        foreach (var fault in faults) fault.Fault.ChangePlatform(memory, platform, fault.Arguments);
    }

    /// <summary>Adds the machines that faults bring along. The scenario calls it when memory and devices are there.</summary>
    public void AddFaultMachines()
    {
        foreach (var fault in faults)
        {
            if (fault.Fault.CreateMachine(this, fault.Arguments) is { } machine) Scheduler.Add(machine, isService: true);
        }
    }

    /// <summary>Why what the user set cannot be run; null if it can.</summary>
    public string? Misfit { get; private set; }

    /// <summary>Says that what the user set cannot be run: nobody's bug.</summary>
    public void DoesNotFit(string why) => Misfit ??= why;

    /// <summary>Says that something did not go as a right run goes: without a fault, a bug of ours.</summary>
    public void Fail(string what) => failures.Add(what);
}
