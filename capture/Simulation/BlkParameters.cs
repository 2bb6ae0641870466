using System.Globalization;
using Tracing.Virtio.Block;

namespace Tracing.Capture.Simulation;

/// <summary>The parameters that block scenarios share.</summary>
public static class BlkParameters
{
    /// <summary>Whole sectors that an array can hold.</summary>
    private static readonly long MostInMemory = Array.MaxLength / BlkLayout.SectorBytes * BlkLayout.SectorBytes;

    /// <summary>Blocks to write and read back.</summary>
    public static NumberParameter Requests(long preset) =>
        new("requests", "blocks to write, and then to read back", preset, 1, 1 << 24);

    /// <summary>Bytes of a block.</summary>
    public static NumberParameter BlockSize(long preset) =>
        new("block-size", "bytes of a block", preset, BlkLayout.SectorBytes, 1 << 20) { IsPowerOfTwo = true };

    /// <summary>Entries of a queue.</summary>
    public static NumberParameter QueueSize(long preset) =>
        new("queue-size", "entries of a queue", preset, 4, 1 << 15) { IsPowerOfTwo = true };

    /// <summary>Queues.</summary>
    public static NumberParameter Queues(long preset) => new("queues", "request queues", preset, 1, 64);

    /// <summary>Bytes of the bounce-buffer region.</summary>
    public static NumberParameter RegionSize(long preset) =>
        new("region-size", "bytes of the bounce-buffer region", preset, 64 * 1024, 1 << 30) { IsPowerOfTwo = true };

    /// <summary>The image file.</summary>
    public static TextParameter Image { get; } =
        new("image", "a file that becomes the disk's image, overwritten; none = the disk is memory");

    /// <summary>What every block scenario lets the user set, in the same order everywhere.</summary>
    /// <param name="requests">Blocks, if nothing is said.</param>
    public static IReadOnlyList<Parameter> Common(long requests)
        => [Requests(requests), BlockSize(4096), QueueSize(256), Queues(1), Image];

    /// <summary>Why there can be no such medium, or null.</summary>
    public static string? ProblemOfMedium(Arguments arguments)
    {
        var bytes = BytesOf(arguments);
        return arguments.Text("image").Length == 0 && bytes > MostInMemory
            ? string.Create(CultureInfo.InvariantCulture, $"requests times block-size is {bytes} bytes; a disk in memory has at most {MostInMemory}: name a file with image")
            : null;
    }

    /// <summary>The medium that the parameters ask for.</summary>
    /// <exception cref="IOException">The image cannot be created.</exception>
    public static IBlockBackend OpenMedium(Arguments arguments)
    {
        var bytes = BytesOf(arguments);
        return arguments.Text("image") is { Length: > 0 } path
            ? FileBlockBackend.Create(path, (ulong)bytes)
            : new MemoryBlockBackend((int)(bytes / BlkLayout.SectorBytes));
    }

    private static long BytesOf(Arguments arguments) => arguments.Number("requests") * arguments.Number("block-size");
}
