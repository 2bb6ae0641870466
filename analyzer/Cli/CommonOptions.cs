using System.CommandLine;

namespace Tracing.Analysis.Cli;

/// <summary>Arguments and options that several commands have.</summary>
internal static class CommonOptions
{
    public static Argument<string[]> Runs() => new("RUN")
    {
        Description = "Parquet files, globs or folders",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Option<string> Format(params string[] names)
    {
        var option = new Option<string>("--format") { Description = "How to print it", DefaultValueFactory = _ => names[0] };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    public static Option<string?> Output() => new("--output", "-o") { Description = "Write to this file instead of standard output", HelpName = "FILE" };

    public static Option<string[]> Globs(string name, string description) => new(name)
    {
        Description = $"{description} (* and ? allowed)",
        HelpName = "GLOB",
        DefaultValueFactory = _ => [],
    };

    public static Option<string?> Profile() => new("--profile") { Description = "Judge by this profile instead of the run's own", HelpName = "NAME" };

    public static Option<string?> Exemption()
    {
        var option = new Option<string?>("--exemption") { Description = "Which reading of the exemption from ORDER_PLATFORM applies instead of the profile's" };
        option.AcceptOnlyFromAmong([.. Catalog.Profile.Exemptions]);
        return option;
    }

    public static Option<string[]> Rules() => new("--rules")
    {
        Description = "A folder or file with rules of your own; each runs in a process of its own",
        HelpName = "DIR",
        DefaultValueFactory = _ => [],
    };

    public static Option<double?> Timeout() => new("--timeout") { Description = "How long one rule or query may take", HelpName = "SECONDS" };

    /// <summary>The span of so many seconds.</summary>
    /// <exception cref="UsageException">It is no span to wait for.</exception>
    public static TimeSpan? Seconds(double? seconds) => seconds switch
    {
        null => null,
        > 0 and <= 86400 => TimeSpan.FromSeconds(seconds.Value),
        _ => throw new UsageException("--timeout: expected seconds above 0, at most 86400"),
    };
}
