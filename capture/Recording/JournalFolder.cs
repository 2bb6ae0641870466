using Tracing.Journals;

namespace Tracing.Capture.Recording;

/// <summary>The journals of one process: a folder with one file per source.</summary>
public static class JournalFolder
{
    /// <summary>Seals what journals hold, as much of it as can be read.</summary>
    /// <param name="folders">Folders, or single journals, of one run.</param>
    /// <param name="target">The Parquet file.</param>
    /// <param name="token">Stops; the journals stay.</param>
    /// <exception cref="InvalidDataException">There is no journal, or the journals are of several runs.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read or written.</exception>
    public static SealedRun Seal(IReadOnlyList<string> folders, string target, CancellationToken token = default)
    {
        var readers = Open(folders);
        try
        {
            var journals = readers.OfType<JournalReader>().ToArray();
            if (journals.Length == 0)
                throw new InvalidDataException(string.Join("; ", readers.OfType<UnreadableJournal>().Select(reader => reader.Reason)));
            var facts = journals[0].Header.Facts;
            if (journals.FirstOrDefault(journal => journal.Header.Facts.RunId != facts.RunId) is { } other)
            {
                throw new InvalidDataException(
                    $"{other.Path} belongs to run {other.Header.Facts.RunId}, {journals[0].Path} to run {facts.RunId}: seal them apart");
            }

            return Sealer.Seal(readers, facts, target, token);
        }
        finally
        {
            foreach (var reader in readers) reader.Dispose();
        }
    }

    /// <summary>Opens every journal there is; one that cannot be read is a source of which only a loss is known.</summary>
    /// <param name="folders">Folders, or single journals.</param>
    /// <exception cref="InvalidDataException">There is none.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<IEventReader> Open(IReadOnlyList<string> folders)
    {
        var files = folders.SelectMany(Files).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
            throw new InvalidDataException($"no file ending in {JournalFormat.Extension} in {string.Join(", ", folders)}");
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
            catch
            {
                foreach (var reader in readers) reader.Dispose();
                throw;
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
