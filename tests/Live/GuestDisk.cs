using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Xunit;

namespace Tracing.Tests.Live;

/// <summary>What <see cref="GuestScripts.UseDisk"/> printed, held against the image.</summary>
internal static partial class GuestDisk
{
    /// <summary>The guest read what was there, and what it wrote is there.</summary>
    public static void AssertVerified(string console, string image)
    {
        var bytes = File.ReadAllBytes(image);
        Assert.True(console.Contains("GUEST DONE", StringComparison.Ordinal), console);
        Assert.Contains($"SUM {Sum(bytes.AsSpan(0, 256 << 10))}", console, StringComparison.Ordinal);
        Assert.Contains($"WRITTEN {Sum(bytes.AsSpan(256 << 10, 64 << 10))}", console, StringComparison.Ordinal);
        Assert.Contains("READS 3000", console, StringComparison.Ordinal);
    }

    /// <summary>Seconds that the 3,000 reads took at best, by the guest's clock.</summary>
    public static double ReadSeconds(string console)
        => Reads().Matches(console).Min(match => Number(match.Groups[2]) - Number(match.Groups[1]));

    private static double Number(Group text) => double.Parse(text.ValueSpan, CultureInfo.InvariantCulture);

    private static string Sum(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    [GeneratedRegex(@"READS 3000 FROM ([\d.]+) TO ([\d.]+)")]
    private static partial Regex Reads();
}
