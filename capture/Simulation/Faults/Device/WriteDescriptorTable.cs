using Tracing.Schemas;
using Tracing.Virtio.Device;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>The habit of a device for packed virtqueues, which does mark descriptors as used.</summary>
internal sealed class WriteDescriptorTable : StrayFault
{
    public override string Name => "write-descriptor-table";

    public override string Description => "The device writes the descriptor of the chain that it has carried out.";

    public override string? Mirrors =>
        "MigTD pull request 989: a driver that trusts the shared table frees what a forged descriptor names";

    protected override DeviceMoment Moment => DeviceMoment.BeforeUsedEntry;

    protected override StrayAct ActIn(DeviceSituation situation) => new(
        StrayKind.Write, situation.Layout.DescriptorAt(situation.Head), Descriptor.SizeInBytes, Part.Descriptor, situation.Head);
}
