using System.Globalization;

namespace Tracing.Benchmarks;

/// <summary>A line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">The figure, with its unit.</param>
/// <param name="Yardstick">What it is compared with, measured in the same run.</param>
/// <param name="Ratio">Measured through yardstick; null where the figure stands alone.</param>
/// <param name="Target">What design section 3 asks for.</param>
internal sealed record Row(string What, string Measured, string Yardstick, double? Ratio, string Target)
{
    public override string ToString()
        => $"| {What} | {Measured} | {Yardstick} | {(Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "-")} | {Target} |";
}
