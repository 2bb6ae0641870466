using Tracing.Virtio;

namespace Tracing.Capture.Simulation;

/// <summary>
/// Lets machines run in turn on one thread, in an order that follows from the seed. A machine keeps its turn for a random
/// while, so that both close and distant interleavings occur.
/// </summary>
public sealed class Scheduler(SeededRandom random, CancellationToken token)
{
    private const int LongestTurn = 24;
    private const int StepsBetweenLooks = 1024;
    private readonly List<Machine> machines = [];

    /// <summary>How many steps were made.</summary>
    public long Steps { get; private set; }

    /// <summary>Adds a machine.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="isService">Whether it only serves others: the run does not wait for its end.</param>
    public void Add(IEnumerator<Pause> machine, bool isService = false) => machines.Add(new Machine(machine, isService));

    /// <summary>
    /// Runs until every machine that is no service has ended.
    /// </summary>
    /// <param name="mostSteps">The bound.</param>
    /// <returns>Whether they all ended within the bound.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public bool Run(long mostSteps = long.MaxValue)
    {
        while (machines.Exists(machine => !machine.IsService))
        {
            var machine = Choose();
            for (var turn = 1 + random.Below(LongestTurn); turn > 0; turn--)
            {
                if (Steps >= mostSteps) return false;
                if (Steps++ % StepsBetweenLooks == 0) token.ThrowIfCancellationRequested();
                if (!machine.Steps.MoveNext())
                {
                    machines.Remove(machine);
                    break;
                }

                machine.IsIdle = machine.Steps.Current == Pause.Idle;
                if (machine.IsIdle) break;
                foreach (var other in machines) other.IsIdle = false;
            }
        }

        return true;
    }

    /// <summary>One that has something to do; if none has, any: a machine counts its own patience.</summary>
    private Machine Choose()
    {
        var busy = 0;
        foreach (var machine in machines)
        {
            if (!machine.IsIdle) busy++;
        }

        var wanted = random.Below(busy == 0 ? machines.Count : busy);
        foreach (var machine in machines)
        {
            if (busy != 0 && machine.IsIdle) continue;
            if (wanted-- == 0) return machine;
        }

        throw new InvalidOperationException("There is no machine.");
    }

    private sealed class Machine(IEnumerator<Pause> steps, bool isService)
    {
        public IEnumerator<Pause> Steps => steps;

        public bool IsService => isService;

        public bool IsIdle { get; set; }
    }
}
