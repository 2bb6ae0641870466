using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A reset takes time; what is written meanwhile is lost, and the old epoch still runs.</summary>
internal sealed class ResetNotAwaited : DriverFault
{
    public override string Name => "reset-not-awaited";

    public override string Description =>
        "The driver resets the device and begins at once, without reading device status until it is 0.";

    public override string? Mirrors => "rcore virtio-drivers PR 69 \"Fix bugs with device and queue reset\"";

    public override string Scenario => "blk-renegotiate";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override IReadOnlyList<InitStep> InitOrder(IReadOnlyList<InitStep> proper)
            => Steps.Without(proper, InitStep.AwaitReset);
    }
}
