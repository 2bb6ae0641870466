using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace Tracing.Tests.Tidy;

/// <summary>Who may know whom (docs/decisions/0001-hourglass.md), read from the built assemblies.</summary>
public sealed class LayeringTests
{
    [Theory]
    [InlineData("Tracing.Schemas", new string[0])]
    [InlineData("Tracing.Virtio", new[] { "Tracing.Schemas" })]
    [InlineData("Tracing.Journals", new[] { "Tracing.Schemas" })]
    [InlineData("Tracing.Peers", new[] { "Tracing.Schemas", "Tracing.Virtio", "Tracing.Journals" })]
    [InlineData("capture-guest", new[] { "Tracing.Schemas", "Tracing.Virtio", "Tracing.Journals", "Tracing.Peers" })]
    [InlineData("Tracing.Capture", new[] { "Tracing.Schemas", "Tracing.Virtio", "Tracing.Journals", "DuckDB.NET.Data", "DuckDB.NET.Bindings", "Microsoft.Diagnostics.Tracing.TraceEvent" })]
    [InlineData("Tracing.Analysis", new[] { "Tracing.Schemas", "DuckDB.NET.Data", "DuckDB.NET.Bindings" })]
    public void An_assembly_knows_only_its_layer(string assembly, string[] allowed)
    {
        using var file = Open(assembly);
        var metadata = file.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        Assert.DoesNotContain(references, name => !IsFramework(name) && !allowed.Contains(name));
    }

    [Theory]
    [InlineData("System.IO", "File")]
    [InlineData("System.IO", "FileStream")]
    [InlineData("System.IO", "Directory")]
    [InlineData("System.Diagnostics", "Stopwatch")]
    [InlineData("System.Diagnostics", "Process")]
    [InlineData("System.Threading", "Thread")]
    [InlineData("System.Threading.Tasks", "Task")]
    [InlineData("System", "Console")]
    [InlineData("System", "Random")]
    [InlineData("System", "DateTime")]
    [InlineData("System", "TimeProvider")]
    public void The_reference_pair_cannot_reach_the_world(string space, string type)
    {
        using var file = Open("Tracing.Virtio");
        var metadata = file.GetMetadataReader();
        var used = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Any(reference => metadata.GetString(reference.Name) == type && metadata.GetString(reference.Namespace) == space);
        Assert.False(used, $"Tracing.Virtio uses {space}.{type}");
    }

    private static bool IsFramework(string name)
        => name.StartsWith("System.", StringComparison.Ordinal) || name is "Microsoft.Win32.Primitives" or "netstandard";

    private static PEReader Open(string assembly) => new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
}
