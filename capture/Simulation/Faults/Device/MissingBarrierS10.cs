using Tracing.Virtio;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>The device leaves the barrier out at S10.</summary>
internal sealed class MissingBarrierS10 : MissingBarrier
{
    public override string Name => "missing-barrier-s10";

    public override string Description =>
        "No barrier at S10: the available index may be read before the wish for a "
        + "notification is seen, and the doorbell is lost.";

    public override string? Mirrors =>
        "cloud-hypervisor pull request 2179 \"vm-virtio: Fix update_avail_event() memory ordering\"; "
        + "rust-vmm vm-virtio pull request 18";

    protected override BarrierSite Site => BarrierSite.S10;
}
