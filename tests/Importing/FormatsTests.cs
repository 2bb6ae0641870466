using Tracing.Capture.Importing;
using Tracing.Tests.Samples;
using Xunit;

namespace Tracing.Tests.Importing;

/// <summary>What every format owes its users.</summary>
public sealed class FormatsTests
{
    public static TheoryData<string> Names() => [.. Importers.All.Select(format => format.Name)];

    public static TheoryData<string> Samples() => [.. ImportedSample.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_format_has_a_page_that_says_how_to_record_it_what_is_judged_and_what_is_not(string name)
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "importing", $"{name}.md"));
        Assert.Contains("capture import", page, StringComparison.Ordinal);
        Assert.Contains("udged", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_recording_is_of_one_format_only(string name)
    {
        var start = FileStart.Of(ImportedSample.All[name].Recording);
        Assert.Equal([name.Split('-')[0]], Importers.All.Where(format => format.Recognises(start)).Select(format => format.Name));
    }
}
