using System.Text.Json;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;
using Tracing.Analysis.Findings;

namespace Tracing.Analysis.Outside;

/// <summary>Judges rules from outside, each in a process of its own.</summary>
internal sealed class OutsideRunner(IReadOnlyList<string> ruleFolders) : IOutsideRunner
{
    /// <summary>How long text from outside may take unless the user says otherwise.</summary>
    public static TimeSpan UsualTimeout { get; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public OutsideJudgement Judge(Rule rule, Run run, RunContext context, CheckOptions options, CancellationToken token)
    {
        var request = new OutsideRequest
        {
            Files = run.Files,
            Profile = context.Profile.Name,
            Exemption = context.Exemption,
            Rules = ruleFolders,
            Rule = rule.Id,
        };
        using var answer = new MemoryStream();
        var end = OutsideProcess.Run(request, rule.Id, answer, options.Timeout ?? UsualTimeout, token);
        if (end.Exit != OutsideExit.Done)
        {
            var failure = end.Exit == OutsideExit.Refused ? Failure.Refused : end.IsTimeout ? Failure.TimedOut : Failure.Failed;
            return new OutsideJudgement(new Judgement(), failure, end.Reason);
        }

        try
        {
            var judgement = JsonSerializer.Deserialize(answer.ToArray(), OutsideJson.Default.Judgement);
            return new OutsideJudgement(judgement ?? new Judgement());
        }
        catch (JsonException)
        {
            return new OutsideJudgement(new Judgement(), Failure.Failed, $"the process for {rule.Id} gave no answer that could be read");
        }
    }
}
