using System.Security.Cryptography;
using Tracing.Virtio.Block;
using Tracing.Virtio.Driver;

namespace Tracing.Capture.Simulation;

/// <summary>SHA-256 of a disk, as it is and as it has to be.</summary>
public static class MediumDigest
{
    /// <summary>Of the medium's first bytes.</summary>
    /// <exception cref="IOException">The medium cannot be read.</exception>
    public static string Of(IBlockBackend medium, long blocks, int blockBytes)
        => Of(blocks, blockBytes, (block, bytes) =>
        {
            if (!medium.TryRead((ulong)(block * blockBytes), bytes))
                throw new IOException($"block {block} of the image cannot be read back");
        });

    /// <summary>Of what the plan writes.</summary>
    public static string Expected(WriteAndVerifyPlan plan)
        => Of(plan.Blocks, plan.BlockBytes, (block, bytes) => BlockPattern.Fill(
            plan.Key, plan.FirstSector + (ulong)(block * (plan.BlockBytes / BlkLayout.SectorBytes)), bytes));

    private static string Of(long blocks, int blockBytes, Action<long, byte[]> fill)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = new byte[blockBytes];
        for (long block = 0; block < blocks; block++)
        {
            fill(block, bytes);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
