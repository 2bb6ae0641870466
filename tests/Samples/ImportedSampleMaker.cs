using Xunit;

namespace Tracing.Tests.Samples;

/// <summary>
/// Makes the committed recordings of other programs anew, by the commands that stand beside them.
/// <c>samples/imported/make.sh</c> asks for it; an ordinary test run does not.
/// </summary>
public sealed class ImportedSampleMaker
{
    [Fact(Explicit = true)]
    public void Recordings_are_made()
    {
        var one = Environment.GetEnvironmentVariable("TRACING_SAMPLE");
        var chosen = ImportedSample.All.Values.Where(sample => string.IsNullOrEmpty(one) || sample.Name == one).ToList();
        Assert.True(chosen.Count > 0, $"there is no {one}.expect");
        foreach (var sample in chosen) SampleRecipe.Make(sample.Name, sample.Guest, sample.Commands, "recording.gz", sample.Recording);
    }
}
