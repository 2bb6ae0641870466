using Tracing.Virtio;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>The driver leaves the barrier out at S3.</summary>
internal sealed class MissingBarrierS3 : MissingBarrier
{
    public override string Name => "missing-barrier-s3";

    public override string Description =>
        "No barrier at S3: a used entry may be read before the used index that announces it.";

    public override string? Mirrors =>
        "Zircon dfa4ed14de24 \"[virtio] ring: Barriers before updating avail->idx/after reading used->idx\"; "
        + "SeaBIOS 0f3783b3cc9b";

    protected override BarrierSite Site => BarrierSite.S3;
}
