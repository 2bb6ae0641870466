namespace Tracing.Tests.Judging;

/// <summary>The rules about which no run of the reference pair can say anything, and who says it instead.</summary>
internal static class BeyondThePair
{
    private static readonly Dictionary<string, string> reasons = new(StringComparer.Ordinal)
    {
        ["NEG-002"] = "no feature of a block device requires another one; its examples show it",
        ["IOMMU-001"] = "the simulated platform has no IOMMU; a real one says it in Live.IommuViewTests, and its examples show it",
        ["IOMMU-002"] = "the simulated platform has no IOMMU; a real one says it in Live.IommuViewTests",
        ["IOMMU-003"] = "the simulated platform has no IOMMU; a real one says it in Importing.QemuVerdictTests, and its examples show it",
    };

    /// <summary>Their ids.</summary>
    public static IEnumerable<string> Rules => reasons.Keys.Order(StringComparer.Ordinal);
}
