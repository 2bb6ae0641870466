namespace Tracing.Analysis;

/// <summary>How <c>analyzer</c> ends. A stable contract; where several apply, <see cref="ExitCodes.Combine"/> chooses.</summary>
public enum ExitCode
{
    /// <summary>Nothing at or above the level of <c>--fail-on</c>.</summary>
    Clean = 0,

    /// <summary>Findings at or above that level.</summary>
    Findings = 1,

    /// <summary>A command line, a query or a rule from outside that cannot be used.</summary>
    Usage = 2,

    /// <summary>What was asked for cannot be said.</summary>
    Inconclusive = 3,

    /// <summary>An input that is unreadable, not of the schema, or damaged.</summary>
    Input = 4,

    /// <summary>A fault of this program.</summary>
    Internal = 70,

    /// <summary>The user stopped it.</summary>
    Cancelled = 130,
}

/// <summary>The precedence of exit codes.</summary>
public static class ExitCodes
{
    private static readonly ExitCode[] precedence =
    [
        ExitCode.Cancelled, ExitCode.Internal, ExitCode.Input, ExitCode.Usage, ExitCode.Findings, ExitCode.Inconclusive, ExitCode.Clean,
    ];

    /// <summary>The code that says most: 130 before 70, 4, 2, 1, 3 and 0.</summary>
    public static ExitCode Combine(ExitCode first, ExitCode second)
        => Array.IndexOf(precedence, first) <= Array.IndexOf(precedence, second) ? first : second;
}
