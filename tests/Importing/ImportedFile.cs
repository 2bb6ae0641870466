using System.Text;
using Tracing.Capture.Cli;
using Tracing.Capture.Importing;
using Tracing.Schemas;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>A file that was imported as a whole, by the command or by its format alone.</summary>
internal static class ImportedFile
{
    /// <summary>Imports a text; gives back the run's file.</summary>
    public static async Task<string> Import(TemporaryFolder folder, string text, params string[] options)
    {
        var input = folder.PathOf("input");
        await File.WriteAllTextAsync(input, text, TestContext.Current.CancellationToken);
        return await ImportPath(folder, input, options);
    }

    /// <summary>Imports a file; gives back the run's.</summary>
    public static async Task<string> ImportPath(TemporaryFolder folder, string input, params string[] options)
    {
        var target = folder.PathOf("imported.parquet");
        var import = await CaptureCommand.Run(["import", input, "-o", target, .. options]);
        var losses = ParquetRows.Query($"select count(*) from '{target}' where event = 'loss'").Single();
        var expected = losses == "0" ? (ExitCode.Success, "") : (ExitCode.RecordingIncomplete, $"capture: {losses} losses, as loss events in {target}\n");
        Assert.Equal(expected, (import.Exit, import.Error));
        return target;
    }

    /// <summary>The events of all sources that a format finds in a file, each as text behind its source's name.</summary>
    public static IReadOnlyList<string> Events(IImportFormat format, byte[] bytes)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            var events = new List<string>();
            foreach (var reader in format.Open(path, []))
            {
                using (reader)
                {
                    while (reader.Read())
                    {
                        var record = reader.Current;
                        events.Add($"{reader.Source.Name}: {EventText.Format(EventRow.FromRecord(in record, reader.Note))}");
                    }
                }
            }

            return events;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Whatever is in a file: it gives events that the schema knows, or one line that says why not.</summary>
    public static void AssertHarmless(IImportFormat format, byte[] bytes)
    {
        try
        {
            foreach (var text in Events(format, bytes))
                Assert.True(EventText.TryParse(text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..], out _, out var reason), $"{text}: {reason}");
        }
        catch (IOException exception)
        {
            Assert.DoesNotContain('\n', exception.Message);
        }
    }

    /// <summary>A file many times as large as what may be kept of it takes less memory than it has bytes.</summary>
    public static void AssertBounded(IImportFormat format, string begin, char filling, string end)
    {
        const int bytes = 48 << 20;
        var whole = new byte[begin.Length + bytes + end.Length];
        Encoding.ASCII.GetBytes(begin, whole);
        whole.AsSpan(begin.Length, bytes).Fill((byte)filling);
        Encoding.ASCII.GetBytes(end, whole.AsSpan(begin.Length + bytes));

        var before = GC.GetAllocatedBytesForCurrentThread();
        AssertHarmless(format, whole);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, bytes / 2);
    }
}
