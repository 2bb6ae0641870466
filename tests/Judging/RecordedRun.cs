using Tracing.Capture.Recording;
using Tracing.Capture.Simulation;
using Xunit;

namespace Tracing.Tests.Judging;

/// <summary>A simulated run, recorded and sealed in this process as <c>capture record</c> does it, in a folder of its own.</summary>
internal sealed class RecordedRun : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("judging-");

    /// <param name="scenario">Name of the scenario.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="settings">Its parameters, "key=value".</param>
    /// <param name="fault">A fault as on the command line, or null.</param>
    public RecordedRun(string scenario, ulong seed, IEnumerable<string> settings, string? fault = null)
    {
        var chosen = Catalog.Scenarios.Single(candidate => candidate.Name == scenario);
        var arguments = Arguments.TryParse(scenario, chosen.Parameters, settings, out var problem) ?? throw new ArgumentException(problem);
        ChosenFault[] faults = fault is null ? [] : [ChosenFault.TryParse(fault, out problem) ?? throw new ArgumentException(problem)];
        var journals = Path.Combine(folder.FullName, "journals");
        var request = new RecordingRequest(chosen, arguments, faults, seed, journals);
        Outcome = SimulationRecorder.Record(request, token: TestContext.Current.CancellationToken);
        Sealed = JournalFolder.Seal([journals], File, TestContext.Current.CancellationToken);
        Directory.Delete(journals, recursive: true);
    }

    /// <summary>The Parquet file.</summary>
    public string File => Path.Combine(folder.FullName, "run.parquet");

    /// <summary>What did not go as a right run goes.</summary>
    public RecordingOutcome Outcome { get; }

    /// <summary>What became of it.</summary>
    public SealedRun Sealed { get; }

    public void Dispose() => folder.Delete(recursive: true);
}
