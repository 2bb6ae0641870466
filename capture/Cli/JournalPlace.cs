using Tracing.Capture.Recording;

namespace Tracing.Capture.Cli;

/// <summary>Where the journals of a recording go.</summary>
internal static class JournalPlace
{
    /// <summary>A folder of that run alone: what another run left there is not ours to mix with or to delete.</summary>
    public static string Beside(string target)
    {
        var folder = $"{target}.journals";
        for (var number = 2; Directory.Exists(folder); number++) folder = $"{target}.journals-{number}";
        return folder;
    }

    /// <summary>Why nothing can be recorded there, or null: better told before than after a long run.</summary>
    /// <param name="target">The Parquet file; null = none is to be written.</param>
    /// <param name="folder">The folder of the journals.</param>
    public static string? ObstacleTo(string? target, string folder)
    {
        if (target is not null)
        {
            var parent = Path.GetDirectoryName(Path.GetFullPath(target));
            if (WhyNoPlace(target) is { } reason) return $"cannot write {target}: {reason}";
            if (Directory.Exists(target)) return $"cannot write {target}: it is a folder";
            if (parent is null || !Directory.Exists(parent)) return $"cannot write {target}: its folder does not exist";
        }

        if (File.Exists(folder)) return $"cannot record into {folder}: it is a file";
        return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()
            ? $"cannot record into {folder}: it is not empty"
            : null;
    }

    private static string? WhyNoPlace(string target)
    {
        try
        {
            SealingTarget.Of(target);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
