using Tracing.Peers.Native;
using Tracing.Virtio;
using Tracing.Virtio.Device;

namespace Tracing.Peers.VhostUser;

/// <summary>The loop of a vhost-user back end: messages, kicks and the device's own work, all on one thread.</summary>
/// <param name="connection">To the front end.</param>
/// <param name="handler">Executes messages.</param>
/// <param name="device">The device.</param>
public sealed class VhostBackend(VhostConnection connection, VhostHandler handler, VhostDevice device)
{
    private const int StepsAtOnce = 64;
    private const int IdleMilliseconds = 50;
    private readonly IEnumerator<Pause> machine = device.Run();
    private readonly int[] descriptors = new int[device.Queues + 1];
    private readonly bool[] ready = new bool[device.Queues + 1];
    private bool hasReported;

    /// <summary>Serves until the front end closes or <paramref name="token"/> ends it.</summary>
    /// <exception cref="InvalidDataException">The peer does not speak the protocol, or says what cannot be used.</exception>
    /// <exception cref="IOException">The link is broken.</exception>
    public void Serve(CancellationToken token)
    {
        var isIdle = true;
        while (!token.IsCancellationRequested)
        {
            descriptors[0] = connection.Descriptor;
            for (var queue = 0; queue < device.Queues; queue++) descriptors[queue + 1] = handler.KickOf(queue);
            if (Readiness.Wait(descriptors, ready, isIdle ? IdleMilliseconds : 0))
            {
                if (ready[0])
                {
                    // One at a time: a front end that never stops talking leaves the device its turns, and us our end.
                    if (connection.TryReceive() is { } message) handler.Execute(message);
                    else if (connection.IsClosed) return;
                }

                for (var queue = 0; queue < device.Queues; queue++)
                {
                    if (ready[queue + 1]) handler.TakeKick(queue);
                }
            }

            isIdle = !Work();
            if (device.HasFailed && !hasReported) handler.ReportFailure();
            hasReported = device.HasFailed;
        }
    }

    /// <summary>Lets the device work. False = it has nothing to do.</summary>
    private bool Work()
    {
        for (var step = 0; step < StepsAtOnce; step++)
        {
            machine.MoveNext();
            if (machine.Current == Pause.Idle) return false;
        }

        return true;
    }
}
