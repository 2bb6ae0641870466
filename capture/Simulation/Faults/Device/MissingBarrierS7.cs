using Tracing.Virtio;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>The device leaves the barrier out at S7.</summary>
internal sealed class MissingBarrierS7 : MissingBarrier
{
    public override string Name => "missing-barrier-s7";

    public override string Description =>
        "No barrier at S7: entries and descriptors may be read before the available index "
        + "that covers them.";

    public override string? Mirrors =>
        "kvmtool 15c4e1ef906e \"virtio: Fix ordering of avail index and descriptor read\"; "
        + "Linux df9ace7647d4 \"vhost: Add smp_rmb() in vhost_enable_notify()\"; Linux 22e1992cf7b0";

    protected override BarrierSite Site => BarrierSite.S7;
}
