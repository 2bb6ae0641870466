using Tracing.Virtio.Device;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation.Faults.Device;

/// <summary>
/// One completion reported by two workers. The driver waits for it before it goes on: if the head were in use again by
/// then, the driver could not but take the second entry for the new chain's, and the two would never agree again.
/// </summary>
internal sealed class UsedTwice : ChainFault
{
    public override string Name => "used-twice";

    public override string Description => "The device returns one chain in two used entries.";

    public override DriverEpoch ChangeEpoch(DriverEpoch proper, Arguments arguments)
        => proper with { Work = new Pausing(proper.Work, FirstOf(arguments)) };

    public override DeviceConduct CreateDeviceConduct(Arguments arguments) => new Conduct(OnceOf(arguments));

    /// <summary>Everything up to one request of each queue is complete before the next one is made.</summary>
    private sealed class Pausing(IWorkPlan plan, ulong last) : IWorkPlan
    {
        public IEnumerator<BlockRequest> RequestsOf(int queue, int queues)
        {
            using var requests = plan.RequestsOf(queue, queues);
            for (var number = 0UL; requests.MoveNext(); number++)
            {
                var isNext = number > last && number - last == 1;
                yield return isNext ? requests.Current with { AfterAllBefore = true } : requests.Current;
            }
        }
    }

    private sealed class Conduct(Once once) : DeviceConduct
    {
        public override int UsedTimes(DeviceSituation situation) => once.Strikes(situation) ? 2 : 1;
    }
}
