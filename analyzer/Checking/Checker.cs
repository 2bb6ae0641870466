using System.IO.Enumeration;
using DuckDB.NET.Data;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Findings;
using Tracing.Schemas;

namespace Tracing.Analysis.Checking;

/// <summary>The one loop: for each run, for each rule, ask what can be said.</summary>
internal sealed class Checker(QueryCatalog catalog, CheckOptions options, IOutsideRunner outside)
{
    /// <summary>Checks every run that the inputs name.</summary>
    /// <exception cref="InputException">An input cannot be judged.</exception>
    /// <exception cref="CatalogException">A name on the command line is unknown.</exception>
    public Report Check(CancellationToken token)
    {
        CheckGlobs(options.Select, "--select");
        CheckGlobs(options.Ignore, "--ignore");
        CheckGlobs(options.Require, "--require");
        var runs = Run.Group(RunReader.Read(InputFiles.Expand(options.Inputs), token));
        var reports = runs.Select(run => CheckRun(run, token)).ToList();
        var exitCode = reports.Aggregate(ExitCode.Clean, (code, report) => ExitCodes.Combine(code, Assessment.Of(report, options)));
        return new Report(reports, exitCode);
    }

    private RunReport CheckRun(Run run, CancellationToken token)
    {
        var warnings = new List<string>();
        var context = RunContexts.Of(run.Facts, options.Profile, options.Exemption, catalog, warnings);
        using var session = RunSession.OpenFiles(run, context, catalog, DatabaseLimits.Default, keepsFileOrder: false, token);
        foreach (var part in run.Parts)
        {
            var problems = new IntegrityCheck(session.Database, part).Run(token);
            if (problems.Count == 0) continue;
            var others = problems.Count > 1 ? $" (and {problems.Count - 1} more; see 'analyzer validate')" : "";
            throw new InputException($"{part.File}: {problems[0]}{others}");
        }

        if (run.Parts.Any(part => part.Facts.Integrity is null)) warnings.Add("the file carries no integrity sums: a damaged value would not be noticed");
        var rules = catalog.Rules.Where(rule => IsSelected(rule, context.Profile)).ToList();
        var results = rules.Select(rule => JudgeRule(session, run, rule, token)).ToList();
        var losses = LossReports.Read(session.Database, token);
        return new RunReport
        {
            Files = run.Files,
            Facts = run.Facts,
            Events = session.Events,
            Epochs = CountEpochs(session, token),
            Profile = context.Profile,
            Exemption = context.Exemption,
            IsIntegrityChecked = run.Parts.All(part => part.Facts.Integrity is not null),
            Warnings = warnings,
            Losses = losses,
            LossCount = session.Losses,
            Results = new FindingWriter(session, run, options).Write(results, token),
        };
    }

    /// <summary>Part of the last sentence only: a run in which it cannot be said is judged all the same.</summary>
    private ulong? CountEpochs(RunSession session, CancellationToken token)
    {
        if (catalog.FindView("driver_negotiation") is null) return null;
        try
        {
            session.Require(["driver_negotiation"], token);
            return session.Database.Count("select count(*) from driver_negotiation where driver_ok is not null", token);
        }
        catch (DuckDBException)
        {
            return null;
        }
    }

    private RuleResult JudgeRule(RunSession session, Run run, Rule rule, CancellationToken token)
    {
        var result = new RuleResult { Rule = rule, IsTouchedByLoss = session.Losses > 0 };
        if (session.Context.MissingNeed(rule) is { } need)
            return result with { Failure = Failure.NotVisible, Reason = $"no source of this run can see {need}" };
        if (rule.IsOutside) return outside.Judge(rule, run, session.Context, options, token).ApplyTo(result);

        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (options.Timeout is { } timeout) limited.CancelAfter(timeout);
        try
        {
            session.Require(rule.Uses, limited.Token);
            return result with { Judgement = Judge.Run(session.Database, rule.Body, session.Losses > 0, limited.Token) };
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return result with { Failure = Failure.TimedOut, Reason = $"not judged within {options.Timeout!.Value.TotalSeconds:0.###} s" };
        }
        catch (DuckDBException exception)
        {
            return result with { Failure = Failure.Internal, Reason = $"its statement failed: {Printable.FirstLine(exception.Message)}" };
        }
    }

    private bool IsSelected(Rule rule, Profile profile)
        => rule.AppliesTo(profile)
            && (options.Select.Count == 0 ? !Globs.Match(profile.RulesOff, rule.Id) : Globs.Match(options.Select, rule.Id))
            && !Globs.Match(options.Ignore, rule.Id);

    /// <summary>A glob that matches nothing is a slip of the pen, and would make a check greener than it is.</summary>
    private void CheckGlobs(IEnumerable<string> globs, string option)
    {
        foreach (var glob in globs)
        {
            if (!catalog.Rules.Any(rule => FileSystemName.MatchesSimpleExpression(glob, rule.Id)))
                throw new CatalogException($"{option} {glob}: there is no such rule (see 'analyzer rules')");
        }
    }
}

/// <summary>Globs over the ids of rules: <c>*</c> and <c>?</c>, in any case.</summary>
internal static class Globs
{
    public static bool Match(IEnumerable<string> globs, string id) => globs.Any(glob => FileSystemName.MatchesSimpleExpression(glob, id));
}
