namespace Tracing.Capture.Importing.Ftrace;

/// <summary>What became of a line.</summary>
internal enum FtraceOutcome
{
    /// <summary>It was understood.</summary>
    Taken,

    /// <summary>An argument that it takes is missing or is none.</summary>
    Misshapen,

    /// <summary>A function returns that no line saw entered.</summary>
    Unpaired,

    /// <summary>It is about a device that is not known to be a virtio device.</summary>
    Elsewhere,
}
