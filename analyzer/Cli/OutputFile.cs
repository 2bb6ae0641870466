using Tracing.Analysis.Checking;

namespace Tracing.Analysis.Cli;

/// <summary>Writes to a file that appears only once it is whole, or to standard output.</summary>
internal static class OutputFile
{
    /// <summary>Refuses what cannot be meant, before any work is done.</summary>
    /// <param name="path">Where output is to go; null = standard output.</param>
    /// <param name="inputs">What the user named as runs.</param>
    /// <exception cref="UsageException">It is no name, or that of a run.</exception>
    /// <exception cref="InputException">An input names nothing.</exception>
    public static void Check(string? path, IEnumerable<string> inputs)
    {
        if (path is null) return;
        if (path.Length == 0) throw new UsageException("-o: expected the name of a file");
        var target = RealPath(path);
        if (InputFiles.Expand(inputs).Any(input => RealPath(input) == target)) throw new UsageException($"-o {path}: this is the run itself");
    }

    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Write(string? path, TextWriter standard, Action<TextWriter> write)
    {
        if (path is null)
        {
            write(standard);
            standard.Flush();
            return;
        }

        WriteBytes(path, () => Stream.Null, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            write(writer);
            return true;
        });
    }

    /// <summary>Writes bytes as they come; a file appears only if <paramref name="write"/> says that they are whole.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void WriteBytes(string? path, Func<Stream> standard, Func<Stream, bool> write)
    {
        if (path is null)
        {
            using var stream = standard();
            write(stream);
            return;
        }

        var unfinished = $"{path}.{Environment.ProcessId}.unfinished";
        try
        {
            using (var place = OpenInPlace(path))
            {
                if (place is not null)
                {
                    write(place);
                    return;
                }
            }

            bool isWhole;
            using (var stream = File.Create(unfinished)) isWhole = write(stream);
            if (isWhole) File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: {exception.Message}");
        }
        finally
        {
            if (File.Exists(unfinished)) File.Delete(unfinished);
        }
    }

    /// <summary>
    /// Opens what another file must not take the place of: a link, whose target is meant, and a pipe or device, which is
    /// there to be written to. Null for an ordinary file, or none.
    /// </summary>
    private static FileStream? OpenInPlace(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists) return null;
        var isLink = info.LinkTarget is not null;
        var target = info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info;
        if (target is { Exists: true, Length: > 0 } || !target.Exists) return isLink ? File.Create(path) : null;
        var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        try
        {
            // Neither a pipe nor a device has a length that could be set.
            stream.SetLength(0);
        }
        catch (Exception exception) when (exception is NotSupportedException or IOException or ArgumentException)
        {
            return stream;
        }

        if (isLink) return stream;
        stream.Dispose();
        return null;
    }

    /// <summary>The path without links, so that two names of one file are seen to be one.</summary>
    private static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            if (Path.GetDirectoryName(full) is not { } parent) return full;
            full = Path.Combine(RealPath(parent), Path.GetFileName(full));
            FileSystemInfo entry = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
            return entry.LinkTarget is null ? full : RealPath(entry.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return full;
        }
    }
}
