using Xunit;

namespace Tracing.Tests.Samples;

/// <summary>
/// Makes the committed recordings anew, by the commands that stand beside them. <c>samples/real/make.sh</c> asks for it; an
/// ordinary test run does not.
/// </summary>
public sealed class RealSampleMaker
{
    [Fact(Explicit = true)]
    public void Recordings_are_made()
    {
        var one = Environment.GetEnvironmentVariable("TRACING_SAMPLE");
        var chosen = RealSample.All.Values.Where(sample => string.IsNullOrEmpty(one) || sample.Name == one).ToList();
        Assert.True(chosen.Count > 0, $"there is no {one}.expect");
        foreach (var sample in chosen) SampleRecipe.Make(sample.Name, sample.Guest, sample.Commands, "run.parquet", sample.Recording);
    }
}
