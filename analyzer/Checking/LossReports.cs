using System.Globalization;
using Tracing.Analysis.Findings;

namespace Tracing.Analysis.Checking;

/// <summary>Reads the first losses for a report.</summary>
internal static class LossReports
{
    private const int InFull = 20;

    public static IReadOnlyList<LossReport> Read(Database database, CancellationToken token)
        => database.Rows(
            $"select source, after_sequence, before_sequence, count, reason from loss order by after_sequence, source limit {InFull}",
            reader => new LossReport(
                reader.IsDBNull(0) ? "?" : reader.GetString(0),
                Number(reader.GetValue(1)),
                Number(reader.GetValue(2)) is var before and not ulong.MaxValue ? before : null,
                reader.IsDBNull(3) ? null : Number(reader.GetValue(3)),
                reader.GetString(4)),
            token);

    private static ulong Number(object value) => Convert.ToUInt64(value, CultureInfo.InvariantCulture);
}
