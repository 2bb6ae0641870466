using Tracing.Virtio;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The driver leaves the barrier out at S1.</summary>
internal sealed class MissingBarrierS1 : MissingBarrier
{
    public override string Name => "missing-barrier-s1";

    public override string Description =>
        "No barrier at S1: the available index may be seen before the descriptors that it publishes.";

    public override string? Mirrors =>
        "Zircon dfa4ed14de24 \"[virtio] ring: Barriers before updating avail->idx/after reading used->idx\"; "
        + "SeaBIOS 0f3783b3cc9b";

    protected override BarrierSite Site => BarrierSite.S1;
}
