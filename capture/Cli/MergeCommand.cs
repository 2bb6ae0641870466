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

    /// <summary>A device's recording by another clock than the driver's is laid beside it by what both saw.</summary>
    private static void Align(IReadOnlyList<string> recordings, List<RunFacts> facts, List<IEventReader> readers)
    {
        if (facts.FindIndex(Sees("driver")) is not (>= 0 and var driver) || !File.Exists(recordings[driver])) return;
        var clock = facts[driver].Sources[0].Clock.Name;
        for (var index = 0; index < facts.Count; index++)
        {
            if (index == driver || !File.Exists(recordings[index]) || facts[index].Sources.All(source => source.Clock.Name == clock)) continue;
            if (!Sees("device")(facts[index]) || ClockAlignment.Find(recordings[driver], recordings[index]) is not var (offset, uncertainty)) continue;
            for (var place = 0; place < readers.Count; place++)
            {
                if (readers[place] is RunFileReader reader && ReferenceEquals(reader.Facts, facts[index])) readers[place] = new ShiftedReader(reader, offset, uncertainty);
            }
        }
    }

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
