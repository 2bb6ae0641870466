namespace Tracing.Virtio;

/// <summary>A set of feature bits 0 to 127. <c>default</c> is the empty set.</summary>
/// <param name="Bits">Bit i is feature i.</param>
public readonly record struct FeatureSet(UInt128 Bits)
{
    /// <summary>How many 32-bit words the feature registers can show.</summary>
    public const int WordCount = 4;

    /// <summary>One more than the greatest bit that a set can hold.</summary>
    public const int Limit = 128;

    /// <summary>The set of exactly these bits.</summary>
    public static FeatureSet Of(params ReadOnlySpan<ushort> bits)
    {
        var set = default(FeatureSet);
        foreach (var bit in bits) set = set.With(bit);
        return set;
    }

    /// <summary>Whether <paramref name="bit"/> is in the set. Bits from <see cref="Limit"/> on never are.</summary>
    public bool Has(int bit) => bit is >= 0 and < Limit && (Bits >> bit & UInt128.One) != UInt128.Zero;

    /// <summary>This set and <paramref name="bit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bit is not below <see cref="Limit"/>.</exception>
    public FeatureSet With(int bit) => new(Bits | Single(bit));

    /// <summary>This set without <paramref name="bit"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bit is not below <see cref="Limit"/>.</exception>
    public FeatureSet Without(int bit) => new(Bits & ~Single(bit));

    /// <summary>Bits <c>32 * select</c> to <c>32 * select + 31</c>; zero for a word that does not exist.</summary>
    public uint Word(uint select)
        => select < WordCount ? unchecked((uint)(Bits >> (int)(select * 32))) : 0;

    /// <summary>This set with one word replaced; unchanged if the word does not exist.</summary>
    public FeatureSet WithWord(uint select, uint word)
    {
        if (select >= WordCount) return this;
        var shift = (int)(select * 32);
        return new((Bits & ~((UInt128)uint.MaxValue << shift)) | ((UInt128)word << shift));
    }

    /// <summary>What both sets hold.</summary>
    public FeatureSet Intersect(FeatureSet other) => new(Bits & other.Bits);

    /// <summary>What either set holds.</summary>
    public FeatureSet Union(FeatureSet other) => new(Bits | other.Bits);

    /// <summary>What this set holds and <paramref name="other"/> does not.</summary>
    public FeatureSet Except(FeatureSet other) => new(Bits & ~other.Bits);

    /// <summary>Whether the set is empty.</summary>
    public bool IsEmpty => Bits == UInt128.Zero;

    /// <summary>The bits as a list, "27 32 36".</summary>
    public override string ToString()
    {
        var bits = Bits;
        return string.Join(' ', Enumerable.Range(0, Limit).Where(bit => (bits >> bit & UInt128.One) != UInt128.Zero));
    }

    private static UInt128 Single(int bit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bit);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bit, Limit);
        return UInt128.One << bit;
    }
}
