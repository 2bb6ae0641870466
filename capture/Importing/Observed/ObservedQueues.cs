using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.Observed;

/// <summary>A device's queues and the features that its driver accepted, by the register accesses that were seen.</summary>
internal sealed class ObservedQueues
{
    /// <summary>More than any device has; a hostile recording could name every number.</summary>
    private const int Most = 1024;

    private const int PackedWord = 1;
    private const int PackedBit = 34 - 32;
    private const int AddressHalfBits = 32;

    private readonly SortedDictionary<ushort, ObservedQueue> all = [];

    /// <summary>Whether the driver accepted RING_PACKED (virtio 1.3 §6).</summary>
    public bool IsPacked { get; private set; }

    /// <summary>The queues of which all areas are set.</summary>
    public IEnumerable<ObservedQueue> Placed => all.Values.Where(queue => queue.IsPlaced);

    /// <summary>A register was accessed.</summary>
    /// <param name="isWrite">Whether it was written.</param>
    /// <param name="access">Which one.</param>
    /// <param name="value">What was read or written.</param>
    public void Accessed(bool isWrite, in RegisterAccess access, ulong value)
    {
        if (access.Name == RegisterName.DeviceStatus && isWrite && value == 0)
        {
            all.Clear();
            IsPacked = false;
        }
        else if (access is { Name: RegisterName.DriverFeature, FeatureWord: PackedWord } && isWrite)
        {
            IsPacked = (value >> PackedBit & 1) != 0;
        }
        else if (access.Queue < Most && access.Name != RegisterName.QueueSelect)
        {
            Set(isWrite, access.Name, access.Queue, value);
        }
    }

    private void Set(bool isWrite, RegisterName register, ushort number, ulong value)
    {
        if (register == RegisterName.QueueSize && value != 0)
        {
            var queue = Of(number);
            if (isWrite || queue.Size is null) queue.Size = value <= uint.MaxValue ? (uint)value : null;
        }

        if (!isWrite) return;
        switch (register)
        {
            case RegisterName.QueueDesc: Of(number).DescriptorArea = value; break;
            case RegisterName.QueueDriver: Of(number).DriverArea = value; break;
            case RegisterName.QueueDevice: Of(number).DeviceArea = value; break;
            case RegisterName.QueueDescLow: Of(number).DescriptorArea = WithLow(Of(number).DescriptorArea, value); break;
            case RegisterName.QueueDescHigh: Of(number).DescriptorArea = WithHigh(Of(number).DescriptorArea, value); break;
            case RegisterName.QueueDriverLow: Of(number).DriverArea = WithLow(Of(number).DriverArea, value); break;
            case RegisterName.QueueDriverHigh: Of(number).DriverArea = WithHigh(Of(number).DriverArea, value); break;
            case RegisterName.QueueDeviceLow: Of(number).DeviceArea = WithLow(Of(number).DeviceArea, value); break;
            case RegisterName.QueueDeviceHigh: Of(number).DeviceArea = WithHigh(Of(number).DeviceArea, value); break;
            case RegisterName.QueuePageFrame: Of(number).PlaceLegacy((value & uint.MaxValue) * LegacyHeader.PageBytes); break;
        }
    }

    private ObservedQueue Of(ushort number)
    {
        if (!all.TryGetValue(number, out var queue)) all[number] = queue = new ObservedQueue(number);
        return queue;
    }

    private static ulong WithLow(ulong address, ulong half) => (address >> AddressHalfBits << AddressHalfBits) | (half & uint.MaxValue);

    private static ulong WithHigh(ulong address, ulong half) => (address & uint.MaxValue) | (half << AddressHalfBits);
}
