using System.CommandLine;
using System.Security.Cryptography;
using Tracing.Capture.Cli.Live;
using Tracing.Capture.Importing;
using Tracing.Capture.Recording;
using Tracing.Journals;
using Tracing.Schemas;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Cli;

/// <summary><c>capture import</c>: a trace that somebody else's program recorded becomes a run.</summary>
internal static class ImportCommand
{
    private static readonly Argument<string> input = new("INPUT") { Description = "The trace, plain or gzip." };

    private static readonly Option<string> output = new("--output", "-o")
    {
        Description = "The run's Parquet file.",
        Required = true,
        HelpName = "RUN.parquet",
    };

    private static readonly Option<string?> from = new Option<string?>("--from")
    {
        Description = "The format; found out from the first lines where it is not said.",
    }.AcceptOnlyFromAmong([.. Importers.All.Select(format => format.Name)]);

    private static readonly Option<string[]> confine = Windows.CreateOption();

    private static readonly Option<string[]> assume = new Option<string[]>("--assume")
    {
        Description = "Declare a feature to be in force that nobody negotiates.",
    }.AcceptOnlyFromAmong("ORDER_PLATFORM", "ACCESS_PLATFORM");

    public static Command Create()
    {
        var command = new Command("import", "Makes a run of somebody else's trace. Example: capture import qemu.log.gz -o run.parquet")
        {
            input, output, from, confine, assume,
        };
        command.SetAction((parsed, token) => Task.Run(
            () => (int)Run(parsed, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, token), CancellationToken.None));
        return command;
    }

    private static ExitCode Run(ParseResult parsed, TextWriter output, TextWriter error, CancellationToken token)
    {
        var (path, target) = (parsed.GetValue(input)!, parsed.GetValue(ImportCommand.output)!);
        if (target.Length == 0) throw new UsageException("-o: expected a name");
        if (Open(path, parsed, error) is not { } readers) return ExitCode.InputUnreadable;
        var commandLine = "capture " + string.Join(' ', parsed.Tokens.Select(word => word.Value));
        var facts = Facts(readers, commandLine, parsed.GetValue(assume) ?? []);
        try
        {
            var run = Sealer.Seal(readers, facts, target, token);
            output.WriteLine(RunText.Summary(run));
            if (run.Losses == 0) return ExitCode.Success;
            error.Say($"{run.Losses} losses, as loss events in {run.Path}");
            return ExitCode.RecordingIncomplete;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.Say($"cannot write {target}: {exception.Message}");
            return ExitCode.RecordingIncomplete;
        }
    }

    /// <summary>What is to be said of a run that was imported; where its sources say something of it themselves, that too.</summary>
    public static RunFacts Facts(IReadOnlyList<IEventReader> readers, string commandLine, IReadOnlyList<string> assumed)
    {
        var said = readers.OfType<IRunWitness>().Select(reader => reader.Run).OfType<RunFacts>().ToArray();
        var facts = new RunFacts
        {
            RunId = new Guid(RandomNumberGenerator.GetBytes(16)).ToString(),
            Producer = SimulationRecorder.Producer,
            CommandLine = commandLine,
            Assumes = [.. said.SelectMany(run => run.Assumes).Concat(assumed).Distinct(StringComparer.Ordinal)],
        };
        return said.Length == 0 ? facts : facts with { Profile = said[0].Profile, Seed = said[0].Seed };
    }

    private static IReadOnlyList<IEventReader>? Open(string path, ParseResult parsed, TextWriter error)
    {
        try
        {
            var windows = Windows.Read(parsed.GetValue(confine) ?? []);
            var format = parsed.GetValue(from) is { } name ? Importers.Find(name) : Importers.Sniff(path);
            if (format is not null) return format.Open(path, [.. windows.Select(Declared)]);
            error.Say($"{path}: none of the formats {string.Join(", ", Importers.All.Select(one => one.Name))} is found in its first lines; --from says which one it is");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.Say($"{path}: {exception.Message}");
        }

        return null;
    }

    /// <summary>Whoever imports declares it: there is no time at which it came about.</summary>
    private static EventRecord Declared(Window window, int index) => new(EventKind.RegionMapped, Actor.Platform, thread: 0)
    {
        Time = EventRecord.UnknownTime, AddressSpace = AddressSpace.Bus, Address = window.Start, Length = window.Length,
        RegionId = (ushort)index, RegionOrigin = RegionOrigin.Declared,
    };
}
