namespace Tracing.Virtio;

/// <summary>
/// What a machine says when it lets go. Machines are iterators of this; each place where one yields is a place where the
/// scheduler may let the other side run.
/// </summary>
public enum Pause
{
    /// <summary>The machine can go on at any time.</summary>
    Step,

    /// <summary>The machine has nothing to do until the other side acts.</summary>
    Idle,
}
