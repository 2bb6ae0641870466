using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Virtio.Device;

/// <summary>The common configuration structure (virtio 1.3 §4.1.4.3).</summary>
internal sealed class CommonRegisters(DeviceCore core, byte bar, uint start) : IRegisterFile
{
    private uint deviceFeatureSelect;
    private uint driverFeatureSelect;
    private ushort queueSelect;
    private int resetsSeen;

    private SplitQueue? Selected => core.QueueAt(queueSelect);

    public ulong Read(ulong offset, int width)
    {
        ForgetAfterReset();
        var (name, natural) = CommonConfig.RegisterAt(offset);
        if (natural == 4 && width == 8) return Read(offset, 4) | (Read(offset + 4, 4) << 32);
        var value = natural == width ? Value(name) : Assemble(offset, width);
        core.Probes.RegisterRead(Access(natural == width ? name : RegisterName.Unknown, offset, width, queueSelect), value);
        return value;
    }

    public void Write(ulong offset, int width, ulong value)
    {
        ForgetAfterReset();
        var (name, natural) = CommonConfig.RegisterAt(offset);
        if (natural == 4 && width == 8)
        {
            Write(offset, 4, value & uint.MaxValue);
            Write(offset + 4, 4, value >> 32);
            return;
        }

        var selected = name == RegisterName.QueueSelect ? unchecked((ushort)value) : queueSelect;
        core.Probes.RegisterWrite(Access(natural == width ? name : RegisterName.Unknown, offset, width, selected), value);
        // A driver uses the natural width (virtio 1.3 §4.1.3.1); anything else is recorded and changes nothing.
        if (natural == width) Execute(name, value);
    }

    private RegisterAccess Access(RegisterName name, ulong offset, int width, ushort selected) => new(
        name,
        AddressSpace.Bar,
        start + offset,
        (uint)offset,
        (byte)width,
        CommonConfig.IsQueueRegister(offset) ? selected : EventRecord.None,
        bar,
        name switch
        {
            RegisterName.DeviceFeature => Word(deviceFeatureSelect),
            RegisterName.DriverFeature => Word(driverFeatureSelect),
            _ => null,
        });

    private static byte? Word(uint select) => select <= byte.MaxValue ? (byte)select : null;

    private ulong Value(RegisterName name) => name switch
    {
        RegisterName.DeviceFeatureSelect => deviceFeatureSelect,
        RegisterName.DeviceFeature => core.Offered.Word(deviceFeatureSelect),
        RegisterName.DriverFeatureSelect => driverFeatureSelect,
        RegisterName.DriverFeature => core.DriverFeatures.Word(driverFeatureSelect),
        RegisterName.ConfigMsixVector => core.ConfigVector,
        RegisterName.NumQueues => (ulong)core.Queues.Length,
        RegisterName.DeviceStatus => (ulong)core.Status,
        RegisterName.ConfigGeneration => core.ConfigGeneration,
        RegisterName.QueueSelect => queueSelect,
        RegisterName.QueueSize => core.Conduct.QueueSizeShown(queueSelect, Selected?.Registers.Size ?? 0),
        RegisterName.QueueMsixVector => Selected?.Registers.Vector ?? CommonConfig.NoVector,
        RegisterName.QueueEnable => Selected is { Registers.IsEnabled: true } ? 1UL : 0,
        RegisterName.QueueNotifyOff or RegisterName.QueueNotifConfigData => Selected is null ? 0UL : queueSelect,
        RegisterName.QueueDescLow => Low(Selected?.Registers.DescriptorArea),
        RegisterName.QueueDescHigh => High(Selected?.Registers.DescriptorArea),
        RegisterName.QueueDriverLow => Low(Selected?.Registers.DriverArea),
        RegisterName.QueueDriverHigh => High(Selected?.Registers.DriverArea),
        RegisterName.QueueDeviceLow => Low(Selected?.Registers.DeviceArea),
        RegisterName.QueueDeviceHigh => High(Selected?.Registers.DeviceArea),
        // No administration queues: their range is empty and lies behind the others.
        RegisterName.AdminQueueIndex => (ulong)core.Queues.Length,
        _ => 0,
    };

    private void Execute(RegisterName name, ulong value)
    {
        switch (name)
        {
            case RegisterName.DeviceFeatureSelect: deviceFeatureSelect = (uint)value; return;
            case RegisterName.DriverFeatureSelect: driverFeatureSelect = (uint)value; return;
            case RegisterName.DriverFeature: core.SetDriverFeatures(driverFeatureSelect, (uint)value); return;
            case RegisterName.ConfigMsixVector: core.SetConfigVector((ushort)value); return;
            case RegisterName.DeviceStatus: core.WriteStatus((byte)value); return;
            case RegisterName.QueueSelect: queueSelect = (ushort)value; return;
            default:
                if (Selected is { } queue) ExecuteQueue(queue, name, value);
                return;
        }
    }

    private void ExecuteQueue(SplitQueue queue, RegisterName name, ulong value)
    {
        var registers = queue.Registers;
        switch (name)
        {
            case RegisterName.QueueSize: registers.Size = (ushort)value; break;
            case RegisterName.QueueMsixVector: registers.Vector = core.Interrupts.VectorFor((ushort)value); break;
            case RegisterName.QueueDescLow: registers.DescriptorArea = WithLow(registers.DescriptorArea, value); break;
            case RegisterName.QueueDescHigh: registers.DescriptorArea = WithHigh(registers.DescriptorArea, value); break;
            case RegisterName.QueueDriverLow: registers.DriverArea = WithLow(registers.DriverArea, value); break;
            case RegisterName.QueueDriverHigh: registers.DriverArea = WithHigh(registers.DriverArea, value); break;
            case RegisterName.QueueDeviceLow: registers.DeviceArea = WithLow(registers.DeviceArea, value); break;
            case RegisterName.QueueDeviceHigh: registers.DeviceArea = WithHigh(registers.DeviceArea, value); break;
            // Writing 0 disables nothing: a driver must not (virtio 1.3 §4.1.4.3.2); only a reset does.
            case RegisterName.QueueEnable when value == 1 && !registers.IsEnabled: core.Enable(queue); break;
            case RegisterName.QueueReset when value == 1 && core.Accepted.Has(FeatureBit.RingReset):
                // The queue is between two steps: nothing is under way, and the reset is complete at once.
                registers.Reset();
                queue.Stop();
                break;
        }
    }

    /// <summary>A read that is no register's own width: byte by byte.</summary>
    private ulong Assemble(ulong offset, int width)
    {
        var value = 0UL;
        for (var i = 0; i < width; i++)
        {
            var at = offset + (ulong)i;
            for (var back = 0UL; back < 4 && back <= at; back++)
            {
                var (name, natural) = CommonConfig.RegisterAt(at - back);
                if ((ulong)natural <= back) continue;
                value |= ((Value(name) >> (int)(8 * back)) & 0xff) << (8 * i);
                break;
            }
        }

        return value;
    }

    private void ForgetAfterReset()
    {
        if (resetsSeen == core.Resets) return;
        resetsSeen = core.Resets;
        (deviceFeatureSelect, driverFeatureSelect, queueSelect) = (0, 0, 0);
    }

    private static ulong Low(ulong? address) => address.GetValueOrDefault() & uint.MaxValue;

    private static ulong High(ulong? address) => address.GetValueOrDefault() >> 32;

    private static ulong WithLow(ulong address, ulong low) => (address & ~(ulong)uint.MaxValue) | low;

    private static ulong WithHigh(ulong address, ulong high) => (address & uint.MaxValue) | (high << 32);
}
