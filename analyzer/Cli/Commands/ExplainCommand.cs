using System.CommandLine;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Reporting;

namespace Tracing.Analysis.Cli.Commands;

/// <summary>Says everything about one rule.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal console)
    {
        var rule = new Argument<string>("RULE") { Description = "Its id, in any case" };
        var rules = CommonOptions.Rules();
        var command = new Command("explain", "Says why a rule is there, what breaks it, and what to look at.") { rule, rules };
        command.SetAction(Application.Handle(console, (parsed, _) => Run(parsed.GetValue(rule)!, parsed.GetValue(rules)!, console.Output)));
        return command;
    }

    public static ExitCode Run(string id, IReadOnlyList<string> folders, TextWriter output)
    {
        var catalog = QueryCatalog.Load(folders);
        var rule = catalog.FindRule(id)
            ?? catalog.Rules.FirstOrDefault(one => one.Also.Contains(id, StringComparer.OrdinalIgnoreCase))
            ?? throw new UsageException($"there is no rule '{id}' (see 'analyzer rules')");
        RuleList.Explain(rule, output);
        return ExitCode.Clean;
    }
}
