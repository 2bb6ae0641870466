using System.Globalization;
using Tracing.Analysis.Checking;

namespace Tracing.Analysis.Reporting;

/// <summary>Which events of a run to show.</summary>
public sealed record EventFilter
{
    /// <summary>The first sequence.</summary>
    public ulong? From { get; init; }

    /// <summary>The last sequence.</summary>
    public ulong? To { get; init; }

    /// <summary>Only of these devices.</summary>
    public IReadOnlyList<int> Devices { get; init; } = [];

    /// <summary>Only of these queues.</summary>
    public IReadOnlyList<int> Queues { get; init; } = [];

    /// <summary>Only of these actors.</summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>Only of these kinds.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>The condition in SQL.</summary>
    internal string Condition
    {
        get
        {
            var conditions = new List<string>();
            if (From is { } from) conditions.Add(string.Create(CultureInfo.InvariantCulture, $"sequence >= {from}"));
            if (To is { } to) conditions.Add(string.Create(CultureInfo.InvariantCulture, $"sequence <= {to}"));
            if (Devices.Count > 0) conditions.Add($"device in ({string.Join(", ", Devices)})");
            if (Queues.Count > 0) conditions.Add($"queue in ({string.Join(", ", Queues)})");
            if (Actors.Count > 0) conditions.Add($"actor in ({string.Join(", ", Actors.Select(Sql.Text))})");
            if (Kinds.Count > 0) conditions.Add($"event in ({string.Join(", ", Kinds.Select(Sql.Text))})");
            return conditions.Count == 0 ? "true" : string.Join(" and ", conditions);
        }
    }
}
