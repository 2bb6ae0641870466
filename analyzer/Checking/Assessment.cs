using Tracing.Analysis.Catalog;
using Tracing.Analysis.Findings;

namespace Tracing.Analysis.Checking;

/// <summary>Makes an exit code of a run's results.</summary>
internal static class Assessment
{
    public static ExitCode Of(RunReport report, CheckOptions options)
    {
        var code = ExitCode.Clean;
        foreach (var result in report.Results) code = ExitCodes.Combine(code, Of(result, options));
        if (!report.Results.Any(result => result.Rule.Level == Level.Must && result.Judgement.Total.Held > 0))
            code = ExitCodes.Combine(code, ExitCode.Inconclusive);
        foreach (var required in options.Require)
        {
            // A required rule that this profile leaves out has not held either.
            var held = report.Results.Where(result => Globs.Match([required], result.Rule.Id)).ToList();
            if (held.Count == 0 || held.Any(result => result.Verdict != Verdict.Holds)) code = ExitCodes.Combine(code, ExitCode.Inconclusive);
        }

        return code;
    }

    private static ExitCode Of(RuleResult result, CheckOptions options)
    {
        var isMust = result.Rule.Level == Level.Must;
        var code = result.Failure switch
        {
            Failure.Internal => ExitCode.Internal,
            Failure.Refused => ExitCode.Usage,
            Failure.Failed => ExitCode.Inconclusive,
            Failure.TimedOut when isMust || result.Rule.IsOutside => ExitCode.Inconclusive,
            _ => ExitCode.Clean,
        };
        if (result.Verdict == Verdict.Violated && options.FailOn is { } least && result.Rule.Level >= least)
            code = ExitCodes.Combine(code, ExitCode.Findings);
        if (isMust && result.IsTouchedByLoss && result.Failure != Failure.NotVisible) code = ExitCodes.Combine(code, ExitCode.Inconclusive);
        if (isMust && options.IsStrict && result.Verdict is (Verdict.Inconclusive or Verdict.Vacuous))
            code = ExitCodes.Combine(code, ExitCode.Inconclusive);
        return code;
    }
}
