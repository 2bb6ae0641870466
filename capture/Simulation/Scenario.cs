namespace Tracing.Capture.Simulation;

/// <summary>
/// A simulated run: which machines there are, what they do, and how the run knows that they did it. Deriving from this
/// is all it takes to add one; it needs a public or internal constructor without parameters.
/// </summary>
public abstract class Scenario
{
    /// <summary>The name of the one that runs when the user names none.</summary>
    public const string DefaultName = "blk-swiotlb";

    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What happens in it, in one or two sentences.</summary>
    public abstract string Description { get; }

    /// <summary>The profile that it means.</summary>
    public virtual string Profile => "swiotlb-rfc1";

    /// <summary>Features that the run declares to be in force though nobody negotiates them.</summary>
    public virtual IReadOnlyList<string> Assumes => [];

    /// <summary>What the user may set.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>Why these parameters cannot be run together, as far as that is known beforehand; null if they can.</summary>
    public virtual string? ProblemOf(Arguments arguments) => null;

    /// <summary>
    /// Runs it. What went wrong is told by <see cref="RunContext.Fail"/>, not thrown.
    /// </summary>
    public abstract void Run(RunContext run);
}
