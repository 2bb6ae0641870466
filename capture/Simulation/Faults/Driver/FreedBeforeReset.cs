using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>Until the reset is complete the device may write to memory that is somebody else's by now.</summary>
internal sealed class FreedBeforeReset : DriverFault
{
    public override string Name => "freed-before-reset";

    public override string Description =>
        "The driver gives up buffers that the device still has, and resets it afterwards.";

    public override string? Mirrors =>
        "Linux 8bd2fa086a04 (CVE-2025-38064), rcore virtio-drivers PR 30, virtio-win vioscsi PR 1370";

    public override string Scenario => "blk-renegotiate";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override IReadOnlyList<StopStep> StopOrder(IReadOnlyList<StopStep> proper)
            => Steps.MoveBefore(proper, StopStep.ReleaseBuffers, StopStep.Reset);
    }
}
