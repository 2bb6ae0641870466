using Tracing.Schemas;
using Tracing.Virtio.Device;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>What is read so early may be half written. With drivers that use descriptors in order the guess pays off.</summary>
internal sealed class PrefetchBeforePublish : StrayFault
{
    public override string Name => "prefetch-before-publish";

    public override string Description =>
        "The device fetches a descriptor before the available index says that there is a chain: it guesses the head.";

    protected override DeviceMoment Moment => DeviceMoment.BeforeAvailableIndex;

    protected override StrayAct ActIn(DeviceSituation situation)
    {
        var guess = situation.Layout.Size.SlotOf(situation.NextAvailable);
        return new(StrayKind.Read, situation.Layout.DescriptorAt(guess), Descriptor.SizeInBytes, Part.Descriptor, guess);
    }
}
