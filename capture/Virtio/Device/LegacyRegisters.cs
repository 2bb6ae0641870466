using Tracing.Schemas;
using Tracing.Virtio.Pci;
using Tracing.Virtio.Virtqueue;

namespace Tracing.Virtio.Device;

/// <summary>
/// The legacy interface's header and, behind it, the device configuration (virtio 1.3 §4.1.4.10). Its length depends on
/// whether MSI-X is on.
/// </summary>
internal sealed class LegacyRegisters(DeviceCore core, DeviceInterrupts interrupts, IDeviceConfiguration config, MsixTable msix) : IRegisterFile
{
    private ushort queueSelect;
    private int resetsSeen;

    private SplitQueue? Selected => core.QueueAt(queueSelect);

    private int HeaderBytes => msix.IsEnabled ? LegacyHeader.BytesWithMsix : LegacyHeader.BytesWithoutMsix;

    public ulong Read(ulong offset, int width)
    {
        ForgetAfterReset();
        if (offset >= (ulong)HeaderBytes)
        {
            var value = config.Read(offset - (ulong)HeaderBytes, width);
            core.Probes.RegisterRead(Access(RegisterName.DeviceConfig, offset, width), value);
            return value;
        }

        var (name, natural) = LegacyHeader.RegisterAt(offset);
        var read = natural == width ? Value(name) : 0;
        core.Probes.RegisterRead(Access(natural == width ? name : RegisterName.Unknown, offset, width), read);
        return read;
    }

    public void Write(ulong offset, int width, ulong value)
    {
        ForgetAfterReset();
        var (name, natural) = offset >= (ulong)HeaderBytes ? (RegisterName.DeviceConfig, width) : LegacyHeader.RegisterAt(offset);
        if (name == RegisterName.QueueNotify)
        {
            var queue = core.QueueAt((int)(value & ushort.MaxValue));
            core.Probes.Doorbell(queue?.Index ?? EventRecord.None, Access(name, offset, width), value);
            queue?.Kick();
            return;
        }

        core.Probes.RegisterWrite(Access(natural == width ? name : RegisterName.Unknown, offset, width), value);
        if (natural == width) Execute(name, value);
    }

    private RegisterAccess Access(RegisterName name, ulong offset, int width)
    {
        var isQueue = name is RegisterName.QueueSize or RegisterName.QueuePageFrame or RegisterName.QueueMsixVector;
        var isFeature = name is RegisterName.DeviceFeature or RegisterName.DriverFeature;
        var inStructure = name == RegisterName.DeviceConfig ? offset - (ulong)HeaderBytes : offset;
        return new(
            name,
            AddressSpace.Bar,
            offset,
            (uint)inStructure,
            (byte)width,
            isQueue ? queueSelect : EventRecord.None,
            Slot: 0,
            FeatureWord: isFeature ? (byte)0 : null);
    }

    private ulong Value(RegisterName name) => name switch
    {
        RegisterName.DeviceFeature => core.Offered.Word(0),
        RegisterName.DriverFeature => core.DriverFeatures.Word(0),
        RegisterName.QueuePageFrame => (Selected?.Registers.DescriptorArea ?? 0) / LegacyHeader.PageBytes,
        RegisterName.QueueSize => core.Conduct.QueueSizeShown(queueSelect, Selected?.Registers.Size ?? 0),
        RegisterName.QueueSelect => queueSelect,
        RegisterName.DeviceStatus => (ulong)core.Status,
        RegisterName.IsrStatus => interrupts.TakeIsr(),
        RegisterName.ConfigMsixVector => core.ConfigVector,
        RegisterName.QueueMsixVector => Selected?.Registers.Vector ?? CommonConfig.NoVector,
        _ => 0,
    };

    private void Execute(RegisterName name, ulong value)
    {
        switch (name)
        {
            case RegisterName.DriverFeature: core.SetDriverFeatures(0, (uint)value); break;
            case RegisterName.QueueSelect: queueSelect = (ushort)value; break;
            case RegisterName.DeviceStatus: core.WriteStatus((byte)value); break;
            case RegisterName.ConfigMsixVector: core.SetConfigVector((ushort)value); break;
            case RegisterName.QueueMsixVector when Selected is { } queue:
                queue.Registers.Vector = core.Interrupts.VectorFor((ushort)value);
                break;
            case RegisterName.QueuePageFrame when Selected is { } queue: Place(queue, (uint)value); break;
        }
    }

    /// <summary>A page frame enables a queue of the device's own size; zero takes it away.</summary>
    private void Place(SplitQueue queue, uint frame)
    {
        var start = (ulong)frame * LegacyHeader.PageBytes;
        queue.Registers.DescriptorArea = start;
        queue.Stop();
        queue.Registers.IsEnabled = false;
        if (frame == 0) return;
        core.Start(queue, SplitLayout.Contiguous(QueueSize.Of(queue.Registers.Size), start));
    }

    private void ForgetAfterReset()
    {
        if (resetsSeen == core.Resets) return;
        resetsSeen = core.Resets;
        queueSelect = 0;
    }
}
