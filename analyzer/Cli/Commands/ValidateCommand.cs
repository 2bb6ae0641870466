using System.CommandLine;
using Tracing.Analysis.Checking;
using Tracing.Schemas;

namespace Tracing.Analysis.Cli.Commands;

/// <summary>Says exactly what is wrong with a file that somebody's program wrote.</summary>
internal static class ValidateCommand
{
    private const int ProblemsInFull = 50;

    public static Command Create(Terminal console)
    {
        var runs = CommonOptions.Runs();
        var command = new Command("validate", "Says what is wrong with the files of a run.") { runs };
        command.SetAction(Application.Handle(console, (parsed, token) => Run(parsed.GetValue(runs)!, console.Output, token)));
        return command;
    }

    public static ExitCode Run(IReadOnlyList<string> inputs, TextWriter output, CancellationToken token)
    {
        var code = ExitCode.Clean;
        foreach (var file in InputFiles.Expand(inputs))
        {
            var problems = Problems(file, token);
            if (problems.Count > 0) code = ExitCode.Input;
            foreach (var problem in problems.Take(ProblemsInFull)) output.WriteLine(Printable.Line(problem));
            if (problems.Count > ProblemsInFull) output.WriteLine($"{Printable.Line(file)}: and {problems.Count - ProblemsInFull} problems more");
            if (problems.Count == 0) output.WriteLine($"{Printable.Line(file)}: valid");
        }

        return code;
    }

    private static IReadOnlyList<string> Problems(string file, CancellationToken token)
    {
        try
        {
            var part = RunReader.Read([file], token)[0];
            using var database = Database.Open([file], DatabaseLimits.Default);
            return [.. new IntegrityCheck(database, part).Run(token).Select(problem => $"{file}: {problem}")];
        }
        catch (InputException exception)
        {
            return [exception.Message];
        }
    }
}
