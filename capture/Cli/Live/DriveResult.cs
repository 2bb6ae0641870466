using System.Globalization;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Cli.Live;

/// <summary>How the reference driver fared, for people.</summary>
internal static class DriveResult
{
    /// <summary>
    /// Says what was done and what went wrong. That a device misbehaves is what is to be recorded, and no failure of the recording.
    /// </summary>
    public static ExitCode Tell(DriverResult result, string? stopped, TextWriter output, TextWriter error)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Requests} requests, {result.BytesWritten} bytes written, {result.BytesRead} read back, {result.Doorbells} doorbells"));
        string?[] problems =
        [
            stopped,
            result.Reason,
            result.FailedRequests > 0 ? $"{result.FailedRequests} requests failed" : null,
            result.VerificationErrors > 0 ? $"{result.VerificationErrors} reads found other data than was written" : null,
            result.DistrustedLengths > 0 ? $"{result.DistrustedLengths} used lengths were greater than their buffers" : null,
        ];
        foreach (var problem in problems.OfType<string>()) error.Say($"{problem}");
        return ExitCode.Success;
    }
}
