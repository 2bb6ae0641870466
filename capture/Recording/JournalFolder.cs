using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>The journals of one process: a folder with one file per source.</summary>
public static class JournalFolder
{
    /// <summary>Seals what journals hold, as much of it as can be read.</summary>
    /// <param name="folders">Folders, or single journals, of one run.</param>
    /// <param name="target">The Parquet file.</param>
    /// <param name="token">Stops; the journals stay.</param>
    /// <exception cref="InvalidDataException">There is no journal, one cannot be read, or they are of several runs.</exception>
    /// <exception cref="IOException">The target cannot be written, or is a journal itself.</exception>
    /// <exception cref="UnauthorizedAccessException">The target may not be written.</exception>
    public static SealedRun Seal(IReadOnlyList<string> folders, string target, CancellationToken token = default)
    {
        var files = Files(folders);
        var place = SealingTarget.Of(target);
        if (files.Any(file => SealingTarget.IsSame(file, place))) throw new IOException("it is one of the journals");
        var readers = Open(files);
        try
        {
            var journals = readers.OfType<JournalReader>().ToArray();
            if (journals.Length == 0)
                throw new InvalidDataException(string.Join("; ", readers.OfType<UnreadableJournal>().Select(reader => reader.Reason)));
            var facts = journals[0].Header.Facts;
            if (journals.FirstOrDefault(journal => journal.Header.Facts.RunId != facts.RunId) is { } other)
            {
                throw new InvalidDataException(
                    $"{other.Path} belongs to run {other.Header.Facts.RunId}, {journals[0].Path} to run {facts.RunId}: seal them apart, or make one run of them by capture merge");
            }

            RequireOneClock(journals);

            return Sealer.Seal(readers, facts, target, token);
        }
        finally
        {
            foreach (var reader in readers) reader.Dispose();
        }
    }

    /// <summary>Times of different clocks say nothing about which came first.</summary>
    private static void RequireOneClock(JournalReader[] journals)
    {
        if (journals.FirstOrDefault(journal => journal.Source.Clock.Name != journals[0].Source.Clock.Name) is not { } other) return;
        throw new InvalidDataException(
            $"{journals[0].Path} and {other.Path} go by different clocks ({journals[0].Source.Clock.Name}; {other.Source.Clock.Name}): nothing puts them in one order");
    }

    /// <summary>Opens every journal there is; one that cannot be read is a source of which only a loss is known.</summary>
    /// <param name="folders">Folders, or single journals.</param>
    /// <exception cref="InvalidDataException">There is none, or one may not be read.</exception>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    public static IReadOnlyList<IEventReader> Open(IReadOnlyList<string> folders) => Open(Files(folders));

    /// <summary>The journals, each once, by whatever names the user knows them.</summary>
    private static List<string> Files(IReadOnlyList<string> folders)
    {
        try
        {
            var files = folders.SelectMany(Files).DistinctBy(Path.GetFullPath, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            return files.Count > 0 ? files : throw new InvalidDataException($"no file ending in {JournalFormat.Extension} in {string.Join(", ", folders)}");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static List<IEventReader> Open(List<string> files)
    {
        var readers = new List<IEventReader>();
        foreach (var file in files)
        {
            try
            {
                readers.Add(JournalReader.Open(file));
            }
            catch (InvalidDataException exception)
            {
                readers.Add(new UnreadableJournal(file, exception.Message));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Whoever may not read a journal should know that before it becomes a loss.
                foreach (var reader in readers) reader.Dispose();
                throw new InvalidDataException($"{file}: {exception.Message}", exception);
            }
        }

        return readers;
    }

    private static IEnumerable<string> Files(string path)
    {
        if (File.Exists(path)) return [path];
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*" + JournalFormat.Extension)
            : throw new FileNotFoundException($"{path}: no such file or folder", path);
    }
}
