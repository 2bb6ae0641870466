namespace Tracing.Analysis.Cli;

/// <summary>Writes to a file that appears only once it is whole, or to standard output.</summary>
internal static class OutputFile
{
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Write(string? path, TextWriter standard, Action<TextWriter> write)
    {
        if (path is null)
        {
            write(standard);
            standard.Flush();
            return;
        }

        var unfinished = path + ".unfinished";
        try
        {
            using (var writer = new StreamWriter(unfinished)) write(writer);
            File.Move(unfinished, path, overwrite: true);
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

        var unfinished = path + ".unfinished";
        try
        {
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
}
