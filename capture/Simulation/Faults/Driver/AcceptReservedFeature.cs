using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>
/// Nobody knows what the bit will mean: a driver that takes what it is given promises what it cannot keep.
/// </summary>
internal sealed class AcceptReservedFeature : DriverFault
{
    public override string Name => "accept-reserved-feature";

    public override string Description => "The driver accepts every bit that is offered, a reserved one among them.";

    private const ushort ReservedBit = 25;

    public override DeviceOptions ChangeDevice(DeviceOptions proper, Arguments arguments)
        => proper with { Features = proper.Features.With(ReservedBit) };

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        public override FeatureSet Accept(FeatureSet offered, FeatureSet proper) => proper.With(ReservedBit);
    }
}
