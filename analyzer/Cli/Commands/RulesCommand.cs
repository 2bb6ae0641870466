using System.CommandLine;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Reporting;

namespace Tracing.Analysis.Cli.Commands;

/// <summary>Lists the rules.</summary>
internal static class RulesCommand
{
    public static Command Create(Terminal console)
    {
        var format = CommonOptions.Format("text", "json");
        var rules = CommonOptions.Rules();
        var command = new Command("rules", "Lists the rules.") { format, rules };
        command.SetAction(Application.Handle(console, (parsed, _) => Run(parsed.GetValue(rules)!, parsed.GetValue(format)!, console.Output)));
        return command;
    }

    public static ExitCode Run(IReadOnlyList<string> folders, string format, TextWriter output)
    {
        var rules = QueryCatalog.Load(folders).Rules;
        if (format == "json") RuleList.WriteJson(rules, output);
        else RuleList.WriteText(rules, output);
        return ExitCode.Clean;
    }
}
