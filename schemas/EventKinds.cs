using System.Reflection;

namespace Tracing.Schemas;

/// <summary>Every kind of event with its description, read from the attributes of <see cref="EventKind"/>.</summary>
public static class EventKinds
{
    private static readonly Dictionary<EventKind, EventAttribute> descriptionByKind = typeof(EventKind)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(
            field => (EventKind)field.GetValue(null)!,
            field => field.GetCustomAttribute<EventAttribute>()
                ?? throw new InvalidOperationException($"{field.Name} lacks its [Event] description."));

    /// <summary>All kinds, by number.</summary>
    public static IReadOnlyList<EventKind> All { get; } = [.. descriptionByKind.Keys.Order()];

    /// <summary>Meaning and columns of <paramref name="kind"/>.</summary>
    public static EventAttribute Of(EventKind kind) => descriptionByKind[kind];
}
