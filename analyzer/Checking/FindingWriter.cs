using System.Globalization;
using Tracing.Analysis.Findings;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>Makes findings of violated things: words, the events themselves, and the command that shows them again.</summary>
internal sealed class FindingWriter(RunSession session, Run run, CheckOptions options)
{
    /// <summary>An event's note may be as long as somebody liked.</summary>
    private const int LettersInFull = 4000;

    /// <summary>
    /// Columns by which a rule may say more than its header: the sequence of the conflicting event, who is at fault,
    /// whether the confinement was negotiated or declared.
    /// </summary>
    public static IReadOnlyList<string> SpecialColumns { get; } = ["conflicts_with", "at_fault", "confinement"];

    /// <summary>The results with their findings and doubts.</summary>
    public IReadOnlyList<RuleResult> Write(IReadOnlyList<RuleResult> results, CancellationToken token)
    {
        var things = results.SelectMany(result => result.Judgement.FirstViolated).ToList();
        var events = ReadEvents(
            things.SelectMany(thing => new[] { thing.Sequence, Conflict(thing) }).Concat(results.Select(result => result.Judgement.FirstUnknown)), token);
        return [.. results.Select(result => result with
        {
            Findings = [.. result.Judgement.FirstViolated.Select(thing => Write(result, thing, events))],
            Doubt = DoubtWriter.Of(
                result, result.Judgement.FirstUnknown is { } first ? events.GetValueOrDefault(first) : null, Reproducer(result, "violated is null")),
        })];
    }

    /// <summary>An event as reports show it.</summary>
    public static string Text(EventRow row) => Printable.Short(EventText.Format(row), LettersInFull);

    private Finding Write(RuleResult result, JudgedThing thing, Dictionary<ulong, EventRow> events) => new()
    {
        Rule = result.Rule.Id,
        Thing = thing,
        Message = Message.Fill(result.Rule.Message, thing),
        AtFault = Printable.Line(thing.Columns.GetValueOrDefault("at_fault") ?? result.Rule.Side.ToString().ToLowerInvariant()),
        Confinement = thing.Columns.GetValueOrDefault("confinement") is { } confinement ? Printable.Line(confinement) : null,
        Access = thing.Sequence is { } sequence && events.TryGetValue(sequence, out var access) ? Text(access) : null,
        ConflictsWith = Conflict(thing) is { } conflict && conflict != thing.Sequence && events.TryGetValue(conflict, out var other) ? Text(other) : null,
        Reproducer = Reproducer(result, thing.Sequence is { } anchor ? $"sequence = {anchor}" : "violated"),
    };

    private static ulong? Conflict(JudgedThing thing)
        => ulong.TryParse(thing.Columns.GetValueOrDefault("conflicts_with"), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? sequence
            : thing.Since;

    private string Reproducer(RuleResult result, string condition)
    {
        var profile = options.Profile is null ? "" : $" --profile {Shell.Quote(options.Profile)}";
        var exemption = options.Exemption is null ? "" : $" --exemption {Shell.Quote(options.Exemption)}";
        var files = string.Join(' ', run.Files.Select(Shell.Quote));
        if (result.Rule.IsOutside)
            return $"analyzer check {files} --rules {Shell.Quote(result.Rule.File)} --select {Shell.Quote(result.Rule.Id)}{profile}{exemption}";
        return $"analyzer sql {files} {Shell.Quote($"from {RuleView.NameOf(result.Rule)} where {condition}")}{profile}{exemption}";
    }

    private Dictionary<ulong, EventRow> ReadEvents(IEnumerable<ulong?> sequences, CancellationToken token)
    {
        var events = new Dictionary<ulong, EventRow>();
        var wanted = sequences.Where(sequence => sequence is not null).Distinct().Order().ToList();
        if (wanted.Count == 0) return events;
        session.Database.Query(
            $"select {EventTable.ColumnList} from event where sequence in ({string.Join(", ", wanted)})",
            reader =>
            {
                var row = EventTable.ReadRow(reader);
                events[row[Column.Sequence] ?? 0] = row;
            },
            token);
        return events;
    }
}
