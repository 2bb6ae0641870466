using Tracing.Schemas;

namespace Tracing.Capture.Importing;

/// <summary>A reader of a recording that says more of its run than what its sources are.</summary>
public interface IRunWitness
{
    /// <summary>What it says: profile and assumed features. Null if it says nothing.</summary>
    RunFacts? Run { get; }
}
