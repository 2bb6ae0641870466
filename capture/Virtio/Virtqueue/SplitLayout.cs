namespace Tracing.Virtio.Virtqueue;

/// <summary>
/// Where the parts of a split virtqueue lie (virtio 1.3 §2.7). Address sums wrap silently: <see cref="IsAddressable"/>
/// says beforehand whether any of them would.
/// </summary>
/// <param name="Size">The number of entries.</param>
/// <param name="DescriptorArea">Bus address of the descriptor table.</param>
/// <param name="DriverArea">Bus address of the available ring.</param>
/// <param name="DeviceArea">Bus address of the used ring.</param>
public readonly record struct SplitLayout(QueueSize Size, ulong DescriptorArea, ulong DriverArea, ulong DeviceArea)
{
    /// <summary>Alignment of the descriptor table.</summary>
    public const int DescriptorAreaAlignment = 16;

    /// <summary>Alignment of the available ring.</summary>
    public const int DriverAreaAlignment = 2;

    /// <summary>Alignment of the used ring.</summary>
    public const int DeviceAreaAlignment = 4;

    /// <summary>Alignment of a legacy queue and of the used ring in it (virtio 1.3 §2.7.2, §4.1.5.1.3.1).</summary>
    public const int LegacyAlignment = 4096;

    /// <summary>Used entry: le32 id + le32 len.</summary>
    public const int UsedEntryBytes = 4 + 4;

    /// <summary>Before the entries of either ring: le16 flags + le16 idx.</summary>
    public const int RingHeaderBytes = 2 + 2;

    /// <summary>Descriptor table: 16 * N.</summary>
    public static int DescriptorAreaBytes(QueueSize size) => Descriptor.SizeInBytes * size.Value;

    /// <summary>Available ring: le16 flags + le16 idx + le16 ring[N] + le16 used_event = 6 + 2 * N.</summary>
    public static int DriverAreaBytes(QueueSize size) => RingHeaderBytes + 2 * size.Value + 2;

    /// <summary>Used ring: le16 flags + le16 idx + 8 * N + le16 avail_event = 6 + 8 * N.</summary>
    public static int DeviceAreaBytes(QueueSize size) => RingHeaderBytes + UsedEntryBytes * size.Value + 2;

    /// <summary>
    /// The layout of a legacy queue: descriptor table and available ring one behind the other, then the used ring at the
    /// next multiple of <paramref name="alignment"/>.
    /// </summary>
    public static SplitLayout Contiguous(QueueSize size, ulong start, int alignment = LegacyAlignment)
    {
        var driver = DescriptorAreaBytes(size);
        var device = AlignUp(driver + DriverAreaBytes(size), alignment);
        return unchecked(new(size, start, start + (ulong)driver, start + (ulong)device));
    }

    /// <summary>Bytes of a legacy queue: both halves, each rounded up to <paramref name="alignment"/>.</summary>
    public static int ContiguousBytes(QueueSize size, int alignment = LegacyAlignment)
        => AlignUp(DescriptorAreaBytes(size) + DriverAreaBytes(size), alignment)
            + AlignUp(DeviceAreaBytes(size), alignment);

    /// <summary>Whether no part reaches past 2^64.</summary>
    public bool IsAddressable =>
        Fits(DescriptorArea, DescriptorAreaBytes(Size))
        && Fits(DriverArea, DriverAreaBytes(Size))
        && Fits(DeviceArea, DeviceAreaBytes(Size));

    /// <summary>Whether each part is aligned as the specification asks.</summary>
    public bool IsAligned =>
        DescriptorArea % DescriptorAreaAlignment == 0
        && DriverArea % DriverAreaAlignment == 0
        && DeviceArea % DeviceAreaAlignment == 0;

    /// <summary>Address of descriptor <paramref name="slot"/>.</summary>
    public ulong DescriptorAt(int slot) => At(DescriptorArea, Descriptor.SizeInBytes * slot);

    /// <summary>Address of the available ring's flags.</summary>
    public ulong AvailableFlags => DriverArea;

    /// <summary>Address of the available index.</summary>
    public ulong AvailableIndex => At(DriverArea, 2);

    /// <summary>Address of the available entry at position <paramref name="slot"/>.</summary>
    public ulong AvailableEntryAt(int slot) => At(DriverArea, RingHeaderBytes + 2 * slot);

    /// <summary>Address of used_event, behind the available entries.</summary>
    public ulong UsedEvent => At(DriverArea, RingHeaderBytes + 2 * Size.Value);

    /// <summary>Address of the used ring's flags.</summary>
    public ulong UsedFlags => DeviceArea;

    /// <summary>Address of the used index.</summary>
    public ulong UsedIndex => At(DeviceArea, 2);

    /// <summary>Address of the used entry at position <paramref name="slot"/>.</summary>
    public ulong UsedEntryAt(int slot) => At(DeviceArea, RingHeaderBytes + UsedEntryBytes * slot);

    /// <summary>Address of avail_event, behind the used entries.</summary>
    public ulong AvailableEvent => At(DeviceArea, RingHeaderBytes + UsedEntryBytes * Size.Value);

    private static ulong At(ulong area, int offset) => unchecked(area + (ulong)offset);

    private static bool Fits(ulong area, int bytes) => area <= ulong.MaxValue - (ulong)bytes;

    private static int AlignUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;
}
