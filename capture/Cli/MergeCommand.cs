using System.CommandLine;
using System.Security.Cryptography;
using Tracing.Capture.Recording;
using Tracing.Journals;
using Tracing.Schemas;

namespace Tracing.Capture.Cli;

/// <summary><c>capture merge</c>: recordings of the same thing by several observers become one run.</summary>
internal static class MergeCommand
{
    private static readonly Argument<string[]> inputs = new("RECORDING")
    {
        Description = "Runs and folders of journals.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> output = new("--output", "-o")
    {
        Description = "The run's Parquet file.",
        Required = true,
        HelpName = "RUN.parquet",
    };

    public static Command Create()
    {
        var command = new Command(
            "merge", "Makes one run of several recordings. Example: capture merge driver.parquet device.parquet -o run.parquet")
        {
            inputs, output,
        };
        command.SetAction((parsed, token) => Task.Run(
            () => (int)Run(
                parsed.GetValue(inputs)!,
                parsed.GetValue(output)!,
                "capture " + string.Join(' ', parsed.Tokens.Select(word => word.Value)),
                parsed.InvocationConfiguration.Output,
                parsed.InvocationConfiguration.Error,
                token),
            CancellationToken.None));
        return command;
    }

    public static ExitCode Run(
        IReadOnlyList<string> recordings, string target, string commandLine, TextWriter output, TextWriter error, CancellationToken token)
    {
        var readers = new List<IEventReader>();
        try
        {
            var facts = new List<RunFacts>();
            foreach (var recording in recordings) facts.Add(Open(recording, readers));
            Align(recordings, facts, readers);
            var run = Sealer.Seal(readers, Combine(facts, commandLine), target, token);
            output.WriteLine(RunText.Summary(run));
            if (run.Losses == 0) return ExitCode.Success;
            error.Say($"{run.Losses} losses, as loss events in {run.Path}");
            return ExitCode.RecordingIncomplete;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            error.Say(exception.Message);
            return ExitCode.InputUnreadable;
        }
        catch (UnauthorizedAccessException exception)
        {
            error.Say($"cannot write {target}: {exception.Message}");
            return ExitCode.RecordingIncomplete;
        }
        finally
        {
            foreach (var reader in readers) reader.Dispose();
        }
    }

    /// <summary>
    /// Recordings by one clock lie side by side as they are. A device's by another clock than the driver's is shifted by what
    /// both saw; where there is nothing of that kind any order would be made up.
    /// </summary>
    private static void Align(IReadOnlyList<string> recordings, List<RunFacts> facts, List<IEventReader> readers)
    {
        var driver = Math.Max(0, facts.FindIndex(Sees("driver")));
        for (var index = 0; index < facts.Count; index++)
        {
            var (clock, other) = (ClockOf(facts[driver]), ClockOf(facts[index]));
            if (clock == other) continue;
            var found = File.Exists(recordings[driver]) && File.Exists(recordings[index]) && Sees("device")(facts[index])
                ? ClockAlignment.Find(recordings[driver], recordings[index])
                : null;
            if (found is not var (offset, uncertainty))
            {
                throw new InvalidDataException(
                    $"{recordings[driver]} and {recordings[index]} go by different clocks ({clock}; {other}), and no register is there of which both saw the same accesses: nothing puts them in one order");
            }

            for (var place = 0; place < readers.Count; place++)
            {
                if (readers[place] is RunFileReader reader && ReferenceEquals(reader.Facts, facts[index])) readers[place] = new ShiftedReader(reader, offset, uncertainty);
            }
        }
    }

    private static string? ClockOf(RunFacts facts) => facts.Sources.Count > 0 ? facts.Sources[0].Clock.Name : null;

    private static Predicate<RunFacts> Sees(string side)
        => facts => facts.Sources.Any(source => source.Sees.Any(pattern => pattern.StartsWith(side, StringComparison.Ordinal) || pattern.StartsWith('*')));

    private static RunFacts Open(string recording, List<IEventReader> readers)
    {
        if (Directory.Exists(recording))
        {
            var journals = JournalFolder.Open([recording]);
            readers.AddRange(journals);
            return journals.OfType<JournalReader>().Select(journal => journal.Header.Facts).FirstOrDefault()
                ?? throw new InvalidDataException($"{recording}: no journal there can be read");
        }

        if (!File.Exists(recording)) throw new InvalidDataException($"{recording}: no such file or folder");
        var sources = RunFileReader.Open(recording);
        readers.AddRange(sources);
        return ((RunFileReader)sources[0]).Facts;
    }

    private static RunFacts Combine(List<RunFacts> facts, string commandLine)
    {
        var profiles = facts.Select(one => one.Profile).Distinct(StringComparer.Ordinal).ToArray();
        if (profiles.Length > 1) throw new InvalidDataException($"the recordings mean different profiles: {string.Join(" and ", profiles)}");
        return new RunFacts
        {
            RunId = new Guid(RandomNumberGenerator.GetBytes(16)).ToString(),
            Producer = SimulationRecorder.Producer,
            CommandLine = commandLine,
            Profile = profiles[0],
            Assumes = [.. facts.SelectMany(one => one.Assumes).Distinct(StringComparer.Ordinal)],
        };
    }
}
