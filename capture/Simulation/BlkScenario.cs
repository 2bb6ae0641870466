using Tracing.Virtio.Block;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation;

/// <summary>
/// A scenario of one block device and its driver: it says which device there is and what the driver does with it; the run
/// proves itself by the data read back and by the image's SHA-256.
/// </summary>
public abstract class BlkScenario : Scenario
{
    /// <inheritdoc />
    public override IReadOnlyList<Parameter> Parameters => [.. BlkParameters.Common(PresetRequests), .. OwnParameters];

    /// <summary>Blocks, if the user says nothing.</summary>
    protected virtual long PresetRequests => 2048;

    /// <summary>What can be set in this scenario alone.</summary>
    protected virtual IReadOnlyList<Parameter> OwnParameters => [];

    /// <inheritdoc />
    public sealed override string? ProblemOf(Arguments arguments) => BlkParameters.ProblemOfMedium(arguments);

    /// <inheritdoc />
    public sealed override void Run(RunContext run)
    {
        var sizes = new BlkSizes(run);
        var medium = BlkParameters.OpenMedium(run.Arguments);
        using var image = medium as IDisposable;
        var pair = new BlkPair(run, Device(sizes), Epochs(sizes), medium, DeclaredBytes(sizes));
        var result = pair.Run();
        if (result.LacksRoom && run.Faults.Count == 0)
            run.DoesNotFit($"{result.Reason}: choose fewer or smaller queues, smaller blocks, or a greater region");
        else
            Judge(run, sizes, result, medium);
    }

    /// <summary>The device.</summary>
    protected abstract DeviceOptions Device(BlkSizes sizes);

    /// <summary>What the driver does, from reset to reset.</summary>
    protected abstract IReadOnlyList<DriverEpoch> Epochs(BlkSizes sizes);

    /// <summary>Length of the window to which the device is declared to be confined; 0 = nobody declares one.</summary>
    protected virtual long DeclaredBytes(BlkSizes sizes) => 0;

    /// <summary>Says what a right run would not have shown.</summary>
    /// <exception cref="IOException">The image cannot be read back.</exception>
    protected virtual void Judge(RunContext run, BlkSizes sizes, DriverResult result, IBlockBackend medium)
    {
        if (result.Reason is { } reason) run.Fail($"the driver gave up: {reason}");
        JudgeData(run, sizes, result, medium);
    }

    /// <summary>Says what is wrong with the data.</summary>
    /// <exception cref="IOException">The image cannot be read back.</exception>
    protected static void JudgeData(RunContext run, BlkSizes sizes, DriverResult result, IBlockBackend medium)
    {
        if (result.FailedRequests > 0) run.Fail($"{result.FailedRequests} requests failed");
        if (result.VerificationErrors > 0) run.Fail($"{result.VerificationErrors} reads found other data than was written");
        if (result.DistrustedLengths > 0) run.Fail($"{result.DistrustedLengths} used lengths were greater than their buffers");
        var bytes = (ulong)sizes.Requests * (ulong)sizes.BlockBytes;
        if (result.BytesRead < bytes) run.Fail($"{result.BytesRead} of {bytes} bytes were read back");
        if (MediumDigest.Of(medium, sizes.Requests, sizes.BlockBytes) != MediumDigest.Expected(sizes.Plan()))
            run.Fail("the image's SHA-256 is not that of the data written");
    }
}
