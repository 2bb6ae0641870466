namespace Tracing.Capture.Cli;

/// <summary>What the process tells its caller.</summary>
internal enum ExitCode
{
    /// <summary>Done, and nothing is missing.</summary>
    Success = 0,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>An input cannot be read.</summary>
    InputUnreadable = 4,

    /// <summary>The recording is incomplete; what is missing is a loss in the file, or the file could not be written.</summary>
    RecordingIncomplete = 5,

    /// <summary>A bug of this program.</summary>
    Internal = 70,

    /// <summary>Interrupted; what was recorded until then is sealed.</summary>
    Cancelled = 130,
}
