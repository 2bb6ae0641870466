using Tracing.Virtio;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>The device leaves the barrier out at S9.</summary>
internal sealed class MissingBarrierS9 : MissingBarrier
{
    public override string Name => "missing-barrier-s9";

    public override string Description =>
        "No barrier at S9: the driver's wish for an interrupt may be read before the used "
        + "index is seen, and the interrupt is lost.";

    public override string? Mirrors =>
        "kvmtool d7d79bd51412 \"virtio: Fix ordering of virtio_queue__should_signal()\"; "
        + "DPDK 159793ac867b \"vhost: fix virtio freeze due to missed interrupt\"; ACRN pull request 2733";

    protected override BarrierSite Site => BarrierSite.S9;
}
