using Tracing.Tests.Judging;
using Tracing.Tests.Recording;
using Xunit;

namespace Tracing.Tests.Samples;

/// <summary>The committed recordings of real runs are judged as their files say. It takes no QEMU.</summary>
public sealed class RealSampleTests
{
    private const long MostBytes = 300 << 10;

    public static TheoryData<string> Names() => [.. RealSample.All.Keys];

    [Fact]
    public void Every_recording_has_an_expectation_and_every_expectation_a_recording()
        => Assert.Equal(
            RealSample.All.Keys,
            Directory.GetFiles(RealSample.Folder, "*.parquet").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recording_is_judged_as_expected(string name)
    {
        var expected = RealSample.All[name];
        var judged = JudgedRun.Of(expected.Recording);

        var violated = judged.With("violated").ToDictionary(id => id, id => judged.Rules[id].Violated, StringComparer.Ordinal);
        Assert.Equal(Text(expected.Violates), Text(violated));
        var inconclusive = judged.With("inconclusive").Where(id => judged.Rules[id].Failure != "not_visible")
            .ToDictionary(id => id, id => judged.Rules[id].Failure, StringComparer.Ordinal);
        Assert.Equal(Text(expected.Inconclusive), Text(inconclusive));
        Assert.Equal(expected.ExitCode, judged.ExitCode);
        Assert.NotEmpty(expected.Holds);
        Assert.All(expected.Holds, rule => Assert.True(
            judged.Rules[rule.Key] is { Verdict: "holds" } found && found.Held >= rule.Value,
            $"{rule.Key} {judged.Rules[rule.Key].Verdict} on {judged.Rules[rule.Key].Held}, expected {rule.Value} at least"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recording_was_made_by_the_commands_that_are_written_beside_it(string name)
    {
        var expected = RealSample.All[name];
        var made = ParquetRows.Facts(expected.Recording).CommandLine!;
        // What a guest recorded itself was started by the guest's script.
        if (made.StartsWith("capture-guest ", StringComparison.Ordinal) && expected.Guest == "driver") return;
        Assert.Contains(expected.Commands, command => command == made || command == $"{made} &");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recording_is_small(string name)
        => Assert.InRange(new FileInfo(RealSample.All[name].Recording).Length, 1, MostBytes);

    private static IEnumerable<string> Text<T>(IReadOnlyDictionary<string, T> values)
        => values.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal);
}
