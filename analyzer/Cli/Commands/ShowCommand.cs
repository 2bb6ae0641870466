using System.CommandLine;
using System.Globalization;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;
using Tracing.Analysis.Reporting;
using Tracing.Schemas;

namespace Tracing.Analysis.Cli.Commands;

/// <summary>Prints events in text form.</summary>
internal static class ShowCommand
{
    public static Command Create(Terminal console)
    {
        var runs = CommonOptions.Runs();
        var from = new Option<ulong?>("--from") { Description = "First sequence", HelpName = "N" };
        var to = new Option<ulong?>("--to") { Description = "Last sequence", HelpName = "N" };
        var device = new Option<int[]>("--device") { Description = "Only of this device", HelpName = "N", DefaultValueFactory = _ => [] };
        var queue = new Option<int[]>("--queue") { Description = "Only of this virtqueue", HelpName = "N", DefaultValueFactory = _ => [] };
        var actor = new Option<string[]>("--actor") { Description = "Only of this actor", DefaultValueFactory = _ => [] };
        actor.AcceptOnlyFromAmong([.. Columns.Of(Column.Actor).Vocabulary!.Names]);
        var kind = new Option<string[]>("--event") { Description = "Only of this kind", HelpName = "KIND", DefaultValueFactory = _ => [] };
        var address = new Option<string?>("--address") { Description = "The life of one byte across both sides: 0x1000, bus:0x1000", HelpName = "A" };
        var facts = new Option<bool>("--facts") { Description = "Begin with what the run says of itself, as 'capture import' reads it" };
        var output = CommonOptions.Output();
        var command = new Command("show", "Prints events in text form.") { runs, from, to, device, queue, actor, kind, address, facts, output };
        command.SetAction(Application.Handle(console, (parsed, token) => Run(
            new Options(
                parsed.GetValue(runs)!,
                new EventFilter
                {
                    From = parsed.GetValue(from),
                    To = parsed.GetValue(to),
                    Devices = parsed.GetValue(device)!,
                    Queues = parsed.GetValue(queue)!,
                    Actors = parsed.GetValue(actor)!,
                    Kinds = parsed.GetValue(kind)!,
                },
                parsed.GetValue(address),
                parsed.GetValue(facts),
                parsed.GetValue(output)),
            console.Output,
            token)));
        return command;
    }

    public sealed record Options(IReadOnlyList<string> Inputs, EventFilter Filter, string? Address, bool HasFacts, string? Output);

    public static ExitCode Run(Options options, TextWriter output, CancellationToken token)
    {
        foreach (var kind in options.Filter.Kinds.Where(kind => !SeesPattern.Events.Contains(kind, StringComparer.Ordinal)))
            throw new UsageException($"--event {kind}: there is no such kind (see 'analyzer schema')");
        var place = options.Address is { } text ? ParseAddress(text) : ((string? Space, ulong Address)?)null;
        OutputFile.Check(options.Output, options.Inputs);
        var catalog = QueryCatalog.Load();
        OutputFile.Write(options.Output, output, writer =>
        {
            foreach (var run in OpenRuns.Of(options.Inputs, token))
            {
                using var session = OpenRuns.Open(run, null, null, catalog, [], token);
                if (options.HasFacts) writer.WriteLine($"; {RunHeader.Name} {RunHeader.Format(run.Facts)}");
                EventListing.Write(session, options.Filter, place, writer, token);
            }
        });
        return ExitCode.Clean;
    }

    private static (string? Space, ulong Address) ParseAddress(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (space, number) = colon < 0 ? (null, text) : (text[..colon], text[(colon + 1)..]);
        if (space is not null && !Columns.Of(Column.AddressSpace).Vocabulary!.TryNumberOf(space, out _))
            throw new UsageException($"--address {text}: '{space}' is no address space; expected one of {string.Join(", ", Columns.Of(Column.AddressSpace).Vocabulary!.Names)}");
        var isParsed = number.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(number.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var address)
            : ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out address);
        return isParsed ? (space, address) : throw new UsageException($"--address {text}: expected an address such as 0x1000 or bus:0x1000");
    }
}
