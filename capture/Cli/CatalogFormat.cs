using System.CommandLine;

namespace Tracing.Capture.Cli;

/// <summary>The <c>--format</c> of the commands that list something.</summary>
internal static class CatalogFormat
{
    /// <summary>A fresh option: text or json.</summary>
    public static Option<string> CreateOption()
    {
        var option = new Option<string>("--format")
        {
            Description = "How to print: text for people, json for programs.",
            DefaultValueFactory = _ => "text",
        };
        return option.AcceptOnlyFromAmong("text", "json");
    }
}
