using System.CommandLine;
using Tracing.Analysis.Catalog;
using Tracing.Analysis.Checking;
using Tracing.Analysis.Outside;
using Tracing.Analysis.Reporting;

namespace Tracing.Analysis.Cli.Commands;

/// <summary>Judges runs.</summary>
internal static class CheckCommand
{
    private static readonly Dictionary<string, Level?> levels = new(StringComparer.Ordinal)
    {
        ["must"] = Level.Must, ["should"] = Level.Should, ["lint"] = Level.Lint, ["never"] = null,
    };

    public static Command Create(Terminal console)
    {
        var runs = CommonOptions.Runs();
        var format = CommonOptions.Format("text", "json");
        var output = CommonOptions.Output();
        var select = CommonOptions.Globs("--select", "Judge only these rules");
        var ignore = CommonOptions.Globs("--ignore", "Do not judge these rules");
        var require = CommonOptions.Globs("--require", "These rules must hold on something, or the exit code is 3");
        var profile = CommonOptions.Profile();
        var exemption = CommonOptions.Exemption();
        var failOn = new Option<string>("--fail-on") { Description = "The least level of a violation that makes the exit code 1", DefaultValueFactory = _ => "must" };
        failOn.AcceptOnlyFromAmong([.. levels.Keys]);
        var strict = new Option<bool>("--strict") { Description = "Exit with 3 if a selected MUST rule is inconclusive or had nothing to judge" };
        var rules = CommonOptions.Rules();
        var timeout = CommonOptions.Timeout();
        var command = new Command("check", "Judges runs against the catalogue of rules.")
        {
            runs, format, output, select, ignore, require, profile, exemption, failOn, strict, rules, timeout,
        };
        command.SetAction(Application.Handle(console, (parsed, token) => Run(
            new Options(
                new CheckOptions
                {
                    Inputs = parsed.GetValue(runs)!,
                    Select = parsed.GetValue(select)!,
                    Ignore = parsed.GetValue(ignore)!,
                    Require = parsed.GetValue(require)!,
                    Profile = parsed.GetValue(profile),
                    Exemption = parsed.GetValue(exemption),
                    FailOn = levels[parsed.GetValue(failOn)!],
                    IsStrict = parsed.GetValue(strict),
                    Timeout = CommonOptions.Seconds(parsed.GetValue(timeout)),
                },
                parsed.GetValue(rules)!,
                parsed.GetValue(format)!,
                parsed.GetValue(output)),
            console.Output,
            token)));
        return command;
    }

    public sealed record Options(CheckOptions Check, IReadOnlyList<string> Rules, string Format, string? Output);

    public static ExitCode Run(Options options, TextWriter output, CancellationToken token)
    {
        OutputFile.Check(options.Output, options.Check.Inputs);
        var catalog = QueryCatalog.Load(options.Rules);
        var report = new Checker(catalog, options.Check, new OutsideRunner(options.Rules)).Check(token);
        OutputFile.Write(options.Output, output, writer =>
        {
            if (options.Format == "json") JsonReport.Write(report, writer);
            else TextReport.Write(report, writer);
        });
        return report.ExitCode;
    }
}
