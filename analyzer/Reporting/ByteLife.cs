using System.Globalization;
using Tracing.Analysis.Checking;

namespace Tracing.Analysis.Reporting;

/// <summary>
/// The life of one byte across both sides: every event that touches it, and, where a bounce copy or a mapping carries it
/// to another address, every event that touches it there.
/// </summary>
internal static class ByteLife
{
    private const int MostPlaces = 64;

    /// <summary>The spaces in which an address without a space may lie: those of memory.</summary>
    private static readonly string[] memorySpaces = ["bus", "cpu", "iova", "front_end"];

    /// <summary>The condition in SQL for the events of the byte at <paramref name="address"/>.</summary>
    public static string Condition(Database database, string? space, ulong address, CancellationToken token)
    {
        var places = new List<(string Space, ulong Address)>();
        if (space is not null) places.Add((space, address));
        else places.AddRange(memorySpaces.Select(one => (one, address)));
        for (var index = 0; index < places.Count && places.Count < MostPlaces; index++)
        {
            foreach (var other in Elsewhere(database, places[index], token))
            {
                if (!places.Contains(other) && places.Count < MostPlaces) places.Add(other);
            }
        }

        return $"({string.Join("\n or ", places.Select(Touches))})";
    }

    /// <summary>Sums are 128 bits wide: a hostile range that wraps must not end the query.</summary>
    private static string Covers(string column, string length, ulong address) => string.Create(CultureInfo.InvariantCulture,
        $"{column} <= {address} and {column}::uhugeint + greatest(coalesce({length}, 1), 1)::uhugeint > {address}");

    /// <summary>Where the space is not known, the byte may be meant.</summary>
    private static string Touches((string Space, ulong Address) place)
        => $"coalesce(address_space, {Sql.Text(place.Space)}) = {Sql.Text(place.Space)} and {Covers("address", "length", place.Address)}"
            + $"\n or target_space = {Sql.Text(place.Space)} and {Covers("target", "coalesce(size, length)", place.Address)}";

    private static List<(string Space, ulong Address)> Elsewhere(Database database, (string Space, ulong Address) place, CancellationToken token)
    {
        var (space, address) = place;
        var query = string.Create(CultureInfo.InvariantCulture, $"""
            select distinct target_space, target::hugeint + ({address}::hugeint - address) from event
            where event in ('bounce_copy', 'map', 'iommu_mapped') and address_space = {Sql.Text(space)} and target_space is not null and target is not null
                and {Covers("address", "length", address)}
            union
            select distinct address_space, address::hugeint + ({address}::hugeint - target) from event
            where event in ('bounce_copy', 'map', 'iommu_mapped') and target_space = {Sql.Text(space)} and address_space is not null and address is not null
                and {Covers("target", "length", address)}
            order by all
            limit {MostPlaces}
            """);
        return [.. database.Rows(query, reader => (Space: reader.GetString(0), Address: (System.Numerics.BigInteger)reader.GetValue(1)), token)
            .Where(found => found.Address >= 0 && found.Address <= ulong.MaxValue)
            .Select(found => (found.Space, (ulong)found.Address))];
    }
}
