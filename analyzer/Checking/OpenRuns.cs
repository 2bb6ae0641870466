using Tracing.Analysis.Catalog;

namespace Tracing.Analysis.Checking;

/// <summary>Opens what a user names, for commands that look and do not judge.</summary>
internal static class OpenRuns
{
    /// <summary>The runs that the arguments name.</summary>
    public static IReadOnlyList<Run> Of(IReadOnlyList<string> inputs, CancellationToken token)
        => Run.Group(RunReader.Read(InputFiles.Expand(inputs), token));

    /// <summary>Opens one of them.</summary>
    public static RunSession Open(Run run, string? profile, string? exemption, QueryCatalog catalog, List<string> warnings, CancellationToken token)
        => RunSession.OpenFiles(run, RunContexts.Of(run.Facts, profile, exemption, catalog, warnings), catalog, DatabaseLimits.Default, keepsFileOrder: false, token);
}
