using System.Globalization;
using Xunit;

namespace Tracing.Tests.Live;

/// <summary>
/// What recording costs libvhost-user, as ratios within one run. Measures and prints; asserts nothing. Run it by
/// <c>dotnet run -c Release --project tests -- -explicit only -class Tracing.Tests.Live.LibvhostUserSpeed -showliveoutput</c>.
/// </summary>
public sealed class LibvhostUserSpeed(ITestOutputHelper output)
{
    private const int Rounds = 4;

    private static readonly (string Name, string Program, string[] Options)[] kinds =
    [
        ("unpatched", "unpatched", []),
        ("patched, compiled out", "compiled-out", []),
        ("patched, off", "recording", []),
        ("patched, on", "recording", ["--journals", "JOURNALS"]),
    ];

    [Fact(Explicit = true)]
    public void Measure()
    {
        var seconds = kinds.Select(_ => double.MaxValue).ToArray();
        var costs = kinds.Select(_ => double.MaxValue).ToArray();
        // By turns, so that whatever else the machine does falls upon all of them.
        for (var round = 0; round < Rounds; round++)
        {
            for (var kind = 0; kind < kinds.Length; kind++)
            {
                using var machine = new Machine();
                var run = LibvhostUserRun.Of(machine, GuestScripts.ReadDisk, LibvhostUser.Program(kinds[kind].Program), kinds[kind].Options);
                var (requests, microseconds) = LibvhostUser.Report(run.Said);
                seconds[kind] = Math.Min(seconds[kind], GuestDisk.ReadSeconds(run.Console));
                costs[kind] = Math.Min(costs[kind], (double)microseconds / requests);
            }
        }

        Say("", "3,000 reads of the guest", "", "processor time of a request", "");
        for (var kind = 0; kind < kinds.Length; kind++)
            Say(kinds[kind].Name, $"{seconds[kind]:0.00} s", $"{seconds[kind] / seconds[0]:0.00}", $"{costs[kind]:0.0} us", $"{costs[kind] / costs[0]:0.00}");
    }

    private void Say(params string[] words) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {string.Join(" | ", words)} |"));
}
