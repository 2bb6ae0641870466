namespace Tracing.Capture.Simulation;

/// <summary>Every scenario and fault of this program: whatever derives from the two base classes.</summary>
public static class Catalog
{
    /// <summary>All scenarios, by name.</summary>
    public static IReadOnlyList<Scenario> Scenarios { get; } = Find<Scenario>(scenario => scenario.Name);

    /// <summary>All faults, by name.</summary>
    public static IReadOnlyList<Fault> Faults { get; } = Find<Fault>(fault => fault.Name);

    private static T[] Find<T>(Func<T, string> name)
        where T : class
        => [.. typeof(Catalog).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)
            .Select(type => (T)Activator.CreateInstance(type, nonPublic: true)!)
            .OrderBy(name, StringComparer.Ordinal)];
}
