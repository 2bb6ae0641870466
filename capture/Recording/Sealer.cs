using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Recording;

/// <summary>Makes one Parquet file of the events of several sources.</summary>
public static class Sealer
{
    /// <summary>
    /// Merges the sources and writes the file under a temporary name beside <paramref name="target"/>, which it takes
    /// only when it is whole.
    /// </summary>
    /// <param name="readers">The sources, which are disposed of.</param>
    /// <param name="facts">The run's facts; sources, order, completeness and integrity are found out.</param>
    /// <param name="target">The file, replaced if it exists.</param>
    /// <param name="token">Stops; nothing is left then.</param>
    /// <exception cref="IOException">The file cannot be written, or a source cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static SealedRun Seal(
        IReadOnlyList<IEventReader> readers, RunFacts facts, string target, CancellationToken token = default)
    {
        var names = Names(readers);
        var cursors = readers.Zip(names).OrderBy(pair => pair.Second, StringComparer.Ordinal)
            .Select((pair, index) => new EventCursor(pair.First, index, pair.Second)).ToArray();
        var partial = "";
        try
        {
            var place = SealingTarget.Of(target);
            partial = $"{place}.{Environment.ProcessId}.partial";

            // Asks the system whether we may, since its reason is clearer than DuckDB's.
            File.Create(partial).Dispose();
            var merge = new EventMerge(cursors);
            var known = facts with
            {
                Complete = cursors.All(cursor => cursor.Reader.IsComplete),
                Sources = [.. cursors.Select(Facts)],
            };
            var final = known;
            RunFile.Write(
                partial,
                known,
                merge.Fill,
                integrity => final = known with
                {
                    Sources = [.. cursors.Select(Facts)],
                    SourceOrder = merge.Orders(),
                    Integrity = integrity,
                },
                token);
            File.Move(partial, place, overwrite: true);
            return new SealedRun(target, final, cursors.Aggregate(0UL, (losses, cursor) => losses + cursor.Losses));
        }
        catch
        {
            if (partial.Length > 0) Delete(partial);
            throw;
        }
        finally
        {
            foreach (var cursor in cursors) cursor.Dispose();
        }
    }

    private static SourceFacts Facts(EventCursor cursor)
        => cursor.Reader.Source with { Name = cursor.Name, Events = cursor.Events };

    /// <summary>The sources' names, told apart where two processes chose the same.</summary>
    private static string[] Names(IReadOnlyList<IEventReader> readers)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. readers.Select(reader =>
        {
            var name = reader.Source.Name;
            for (var number = 2; !taken.Add(name); number++) name = $"{reader.Source.Name}-{number}";
            return name;
        })];
    }

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure that brought us here is the one to report.
        }
    }
}
