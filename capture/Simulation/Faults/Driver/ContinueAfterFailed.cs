using Tracing.Schemas;
using Tracing.Virtio;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Driver;

/// <summary>A give-up path that lacks its return: FAILED is written, and the next step follows.</summary>
internal sealed class ContinueAfterFailed : DriverFault
{
    public override string Name => "continue-after-failed";

    public override string Description =>
        "The driver gives up with FAILED and then goes on with FEATURES_OK, without a reset.";

    public override string Scenario => "blk-refused";

    public override DriverConduct CreateDriverConduct(Arguments arguments) => new Conduct();

    private sealed class Conduct : DriverConduct
    {
        private bool hasFailed;

        public override void After(InitStep step, IDriverHands hands)
        {
            if (step != InitStep.WriteFeatures || hasFailed) return;
            hasFailed = true;
            hands.WriteRegister(RegisterName.DeviceStatus, (ulong)(DeviceStatus.Acknowledge | DeviceStatus.Driver));
        }

        public override ulong RegisterValue(RegisterName register, ushort? queue, ulong proper)
            => register == RegisterName.DeviceStatus && hasFailed && proper != 0
                ? proper | (ulong)DeviceStatus.Failed
                : proper;
    }
}
