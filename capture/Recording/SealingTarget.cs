namespace Tracing.Capture.Recording;

/// <summary>
/// The place where a run's file is to stand. It is put there whole, in place of the file before it; so it must be a place of
/// files: a pipe or a device would be gone.
/// </summary>
public static class SealingTarget
{
    /// <summary>The place, which for a link is where the link leads.</summary>
    /// <exception cref="IOException">No file can stand there.</exception>
    /// <exception cref="UnauthorizedAccessException">What stands there may not be written.</exception>
    public static string Of(string path)
    {
        if (path.Length == 0) throw new IOException("it is no name of a file");
        var info = new FileInfo(path);
        if (!info.Exists) return info.FullName;
        var target = info.ResolveLinkTarget(returnFinalTarget: true) ?? info;
        if (target is FileInfo { Exists: true, Length: 0 } && IsNoFile(target.FullName)) throw new IOException("it is no file, but a pipe or device");
        return target.FullName;
    }

    /// <summary>Whether a file is that place.</summary>
    /// <exception cref="IOException">The file cannot be found.</exception>
    public static bool IsSame(string file, string place) => (new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file)) == place;

    /// <summary>Neither a pipe nor a device has a length that could be set. Opened for reading too, a pipe waits for nobody.</summary>
    private static bool IsNoFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        try
        {
            stream.SetLength(0);
            return false;
        }
        catch (Exception exception) when (exception is NotSupportedException or IOException or ArgumentException)
        {
            return true;
        }
    }
}
