namespace Tracing.Virtio.Driver;

/// <summary>Which of the offered features a right driver accepts (virtio 1.3 §2.2, §6.1).</summary>
public static class Negotiation
{
    /// <summary>The proper set to accept on the modern interface.</summary>
    /// <param name="offered">What the device offers.</param>
    /// <param name="wanted">What the driver can use.</param>
    /// <param name="hasRegion">Whether the device's SWIOTLB region was found: without it the feature cannot be kept.</param>
    public static FeatureSet Accept(FeatureSet offered, FeatureSet wanted, bool hasRegion)
    {
        var accepted = offered.Intersect(wanted);
        if (!hasRegion) accepted = accepted.Without(FeatureBit.Swiotlb);
        // Without VERSION_1 the bit is ANY_LAYOUT.
        if (!accepted.Has(FeatureBit.Version1)) accepted = accepted.Without(FeatureBit.Swiotlb);
        return accepted;
    }

    /// <summary>The proper set on the legacy interface, which shows bits 0 to 31 only.</summary>
    public static FeatureSet AcceptLegacy(FeatureSet offered, FeatureSet wanted)
        => new(offered.Intersect(wanted.With(FeatureBit.AnyLayout)).Word(0));
}
