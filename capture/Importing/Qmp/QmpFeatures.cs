using System.Text.Json;

namespace Tracing.Capture.Importing.Qmp;

/// <summary>A set of features as QEMU prints it: names, and numbers for the bits that it has no name for.</summary>
/// <param name="Bits">The bits; null if there is a name whose bit is not known.</param>
/// <param name="IsWide">Whether bits from 64 on were told.</param>
internal readonly record struct QmpFeatures(UInt128? Bits, bool IsWide)
{
    /// <summary>
    /// Bits that QEMU has among its features and shows on the legacy interface only (VIRTIO_LEGACY_FEATURES, and GSO of network
    /// devices): 27 among them, which there is ANY_LAYOUT (virtio 1.3 §6.3).
    /// </summary>
    public static UInt128 LegacyOnly(ulong? deviceType) => (1u << 24) | (1u << 27) | (1u << 30) | (deviceType == NetworkDevice ? 1u << 6 : 0);

    private const ulong NetworkDevice = 1;

    /// <summary>Reads a set; null if there is none.</summary>
    /// <param name="features">The JSON object.</param>
    /// <param name="unknown">Is told each name whose bit is not known.</param>
    public static QmpFeatures? Read(JsonElement? features, Action<string> unknown)
    {
        if (features is not { ValueKind: JsonValueKind.Object } set || set.Member("transports") is null) return null;
        UInt128? bits = 0;
        foreach (var member in new[] { "transports", "dev-features" })
        {
            bits |= set.NumberOf(member) ?? 0;
            foreach (var item in set.ListOf(member))
            {
                var name = QmpJson.Text(item);
                var bit = name is null ? null : QmpNames.FeatureBit(name);
                if (bit is null) unknown(name ?? "something that is no name");
                bits = bit is { } known ? bits | (UInt128.One << known) : null;
            }
        }

        var upper = set.NumberOf("unknown-dev-features2");
        bits |= set.NumberOf("unknown-dev-features") ?? 0;
        bits |= (UInt128)(upper ?? 0) << 64;
        return new QmpFeatures(bits, upper is not null || bits >> 64 != 0);
    }

    /// <summary>A 32-bit word of them; null if it is not known.</summary>
    public ulong? Word(int word) => Bits is { } known ? (ulong)((known >> (32 * word)) & uint.MaxValue) : null;
}
