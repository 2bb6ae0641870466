using System.CommandLine;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Reporting;

namespace Tracing.Analysis.Cli.Commands;

/// <summary>Lists the rules.</summary>
internal static class RulesCommand
{
    public static Command Create(Terminal console)
    {
        var format = CommonOptions.Format("text", "json", "markdown");
        var rules = CommonOptions.Rules();
        var command = new Command("rules", "Lists the rules.") { format, rules };
        command.SetAction(Application.Handle(console, (parsed, _) => Run(parsed.GetValue(rules)!, parsed.GetValue(format)!, console.Output)));
        return command;
    }

    public static ExitCode Run(IReadOnlyList<string> folders, string format, TextWriter output)
    {
        var rules = QueryCatalog.Load(folders).Rules;
        switch (format)
        {
            case "json": RuleList.WriteJson(rules, output); break;
            case "markdown": RuleList.WriteMarkdown(rules, output); break;
            default: RuleList.WriteText(rules, output); break;
        }

        return ExitCode.Clean;
    }
}
