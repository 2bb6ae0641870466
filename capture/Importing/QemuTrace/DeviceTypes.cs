namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>Virtio device types (virtio 1.3 §5) by the names that QEMU gives its models.</summary>
internal static class DeviceTypes
{
    private static readonly Dictionary<string, ulong> numbers = new(StringComparer.Ordinal)
    {
        ["net"] = 1, ["blk"] = 2, ["serial"] = 3, ["rng"] = 4, ["balloon"] = 5, ["scsi"] = 8, ["9p"] = 9, ["gpu"] = 16,
        ["input"] = 18, ["vsock"] = 19, ["crypto"] = 20, ["iommu"] = 23, ["mem"] = 24, ["sound"] = 25, ["fs"] = 26, ["pmem"] = 27,
    };

    /// <summary>The type of a model such as <c>virtio-blk</c> or <c>vhost-user-blk</c>; null if the name says none.</summary>
    public static ulong? NumberOf(string name)
        => name.Split('-').Select(word => numbers.TryGetValue(word, out var number) ? number : (ulong?)null).FirstOrDefault(number => number is not null);
}
