using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;
using Tracing.Virtio.Memory;

namespace Tracing.Capture.Simulation;

/// <summary>Who does wrong.</summary>
public enum FaultSide
{
    /// <summary>The driver.</summary>
    Driver,

    /// <summary>The device.</summary>
    Device,

    /// <summary>What stands between them.</summary>
    Platform,

    /// <summary>The recorder, which sees a right run and writes it down wrongly.</summary>
    Recorder,
}

/// <summary>
/// One way to go wrong, mirroring a bug that really happened or a statement of the specification. Deriving from this is
/// all it takes to add one; it needs a public or internal constructor without parameters. Several faults may act in one
/// run, but at most one per side may replace a conduct.
/// </summary>
public abstract class Fault
{
    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Whose fault it is.</summary>
    public abstract FaultSide Side { get; }

    /// <summary>What is done wrong, in one sentence.</summary>
    public abstract string Description { get; }

    /// <summary>The real bug that it mirrors, if there is one: project and commit, advisory, or report.</summary>
    public virtual string? Mirrors => null;

    /// <summary>A scenario in which it shows.</summary>
    public virtual string Scenario => Simulation.Scenario.DefaultName;

    /// <summary>What the user may set.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>What becomes of the journals between the end of the recording and the sealing.</summary>
    /// <exception cref="IOException">A journal cannot be read or written.</exception>
    public virtual void DamageJournals(string folder, Arguments arguments)
    {
    }

    /// <summary>The driver's conduct, or null if this fault does not touch it.</summary>
    public virtual DriverConduct? CreateDriverConduct(Arguments arguments) => null;

    /// <summary>The device's conduct, or null if this fault does not touch it.</summary>
    public virtual DeviceConduct? CreateDeviceConduct(Arguments arguments) => null;

    /// <summary>How the device is built under this fault.</summary>
    public virtual DeviceOptions ChangeDevice(DeviceOptions proper, Arguments arguments) => proper;

    /// <summary>What else is on the bus under this fault: called when system memory is mapped, before the device appears.</summary>
    public virtual void ChangePlatform(GuestMemory memory, PlatformProbes platform, Arguments arguments)
    {
    }

    /// <summary>What the driver does with the device under this fault.</summary>
    public virtual DriverEpoch ChangeEpoch(DriverEpoch proper, Arguments arguments) => proper;

    /// <summary>A machine of its own that runs beside the others, such as a platform that moves a BAR, or null.</summary>
    public virtual IEnumerator<Pause>? CreateMachine(RunContext run, Arguments arguments) => null;
}

/// <summary>A fault with its parameters, as one run uses it.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Arguments">Its parameters' values.</param>
/// <param name="Text">The words of the command line.</param>
public sealed record ChosenFault(Fault Fault, Arguments Arguments, string Text)
{
    /// <summary>Reads "name" or "name:key=value,…"; on failure <paramref name="problem"/> says what is wrong.</summary>
    public static ChosenFault? TryParse(string text, out string? problem)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? text : text[..colon];
        var settings = colon < 0 ? [] : text[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (Catalog.Faults.FirstOrDefault(candidate => candidate.Name == name) is not { } fault)
        {
            problem = $"there is no fault '{name}'; 'capture faults' lists them";
            return null;
        }

        return Arguments.TryParse($"fault {name}", fault.Parameters, settings, out problem) is { } arguments
            ? new ChosenFault(fault, arguments, text)
            : null;
    }
}
