using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>
/// A device that starts a queue when queue_enable is written. To show it the driver fills its queues before DRIVER_OK,
/// as it may; it sends no notification before that.
/// </summary>
internal sealed class ConsumeBeforeDriverOk : DeviceFault
{
    public override string Name => "consume-before-driver-ok";

    public override string Description =>
        "The device polls its queues from FEATURES_OK on, and finds what the driver prepares before DRIVER_OK.";

    public override string? Mirrors => "the device's side of Linux 52c9cf1ac3d3, where queues were used before DRIVER_OK";

    /// <summary>So many requests are prepared: long enough for a device that polls to look meanwhile.</summary>
    private const int Prepared = 32;

    public override DriverEpoch ChangeEpoch(DriverEpoch proper, Arguments arguments)
        => proper with { Batch = Math.Max(proper.Batch, Prepared) };

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new LateStart();

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Eager();

    private sealed class Eager : DeviceConduct
    {
        private bool isEarly;

        public override bool MayConsume(DeviceStatus status, bool proper)
        {
            const DeviceStatus Deciding = DeviceStatus.FeaturesOk | DeviceStatus.DriverOk | DeviceStatus.Failed
                | DeviceStatus.NeedsReset;
            isEarly = (status & Deciding) == DeviceStatus.FeaturesOk;
            return proper || isEarly;
        }

        public override bool LooksUnasked(ushort queue) => isEarly;
    }

    private sealed class LateStart : DriverConduct
    {
        private const DeviceStatus Live =
            DeviceStatus.Acknowledge | DeviceStatus.Driver | DeviceStatus.FeaturesOk | DeviceStatus.DriverOk;

        private IDriverHands? waiting;

        public override IReadOnlyList<InitStep> InitOrder(IReadOnlyList<InitStep> proper)
            => [.. proper.Where(step => step != InitStep.DriverOk)];

        public override void After(InitStep step, IDriverHands hands) => waiting = hands;

        public override void AfterPublish(in PublishedChain chain, IDriverHands hands)
        {
            if (chain.Request + 1 >= Prepared) Start();
        }

        public override (ulong Value, byte Width) Doorbell(ushort queue, ulong value, byte width)
        {
            Start();
            return base.Doorbell(queue, value, width);
        }

        private void Start()
        {
            waiting?.WriteRegister(RegisterName.DeviceStatus, (ulong)Live);
            waiting = null;
        }
    }
}
