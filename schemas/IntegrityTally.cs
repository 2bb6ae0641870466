using System.Globalization;

namespace Tracing.Schemas;

/// <summary>Sums up rows one by one into the checks of <see cref="Integrity"/>.</summary>
public sealed class IntegrityTally
{
    private readonly UInt128[] sums = new UInt128[Columns.All.Count];
    private readonly ulong[] nonNull = new ulong[Columns.All.Count];
    private readonly Dictionary<string, ulong>[] values = [.. Columns.All.Select(_ => new Dictionary<string, ulong>(StringComparer.Ordinal))];
    private ulong rows;

    /// <summary>Takes a row.</summary>
    public void Add(EventRow row)
    {
        rows++;
        foreach (var definition in Columns.All)
        {
            var column = (int)definition.Column;
            switch (definition.Column)
            {
                case Column.Source when row.Source is { } source: Count(column, source); break;
                case Column.TimeNs when row.TimeNs is { } time: Sum(column, unchecked((UInt128)(Int128)time)); break;
                case Column.Note when row.Note is { } note: Sum(column, TextHash.Of(note)); break;
                case Column.Source or Column.TimeNs or Column.Note: break;
                default:
                    if (row[definition.Column] is not { } number) break;
                    if (definition.Vocabulary is { } vocabulary) Count(column, vocabulary.NameOf((int)number)!);
                    else Sum(column, number);
                    break;
            }
        }
    }

    /// <summary>The first difference from what a file says of itself, in words; null if there is none.</summary>
    public string? DifferenceFrom(Integrity stated)
    {
        if (rows != stated.Rows) return $"it has {rows} rows; {stated.Rows} were expected";
        foreach (var definition in Columns.All)
        {
            if (!stated.Columns.TryGetValue(definition.Name, out var expected)) continue;
            var column = (int)definition.Column;
            if (nonNull[column] != expected.NonNull)
                return $"column {definition.Name} has {nonNull[column]} values; {expected.NonNull} were expected";
            if (expected.Sum is { } sum && unchecked((Int128)sums[column]).ToString(CultureInfo.InvariantCulture) != sum)
                return $"column {definition.Name} does not have the sum that was expected";
            if (expected.Values is { } counts && counts.Any(pair => values[column].GetValueOrDefault(pair.Key) != pair.Value))
                return $"column {definition.Name} does not have the values that were expected";
        }

        return null;
    }

    private void Sum(int column, UInt128 value)
    {
        nonNull[column]++;
        sums[column] = unchecked(sums[column] + value);
    }

    private void Count(int column, string value)
    {
        nonNull[column]++;
        values[column][value] = values[column].GetValueOrDefault(value) + 1;
    }
}
