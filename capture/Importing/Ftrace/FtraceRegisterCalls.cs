using Tracing.Schemas;
using Tracing.Virtio.Pci;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// Accesses to the common configuration structure, as the probed functions make them (Linux, drivers/virtio/virtio_pci_modern_dev.c):
/// those of queues write queue_select first, those of features their select register. Writes are told at a function's entry, reads
/// at its return.
/// </summary>
internal sealed class FtraceRegisterCalls(FtraceRun run)
{
    private const ulong AccessPlatform = 1UL << 33;
    private const ulong FeaturesOk = 8;

    private static readonly string[] registersArgument = ["mdev"];
    private static readonly string[] queueArgument = ["idx", "index", "queue"];
    private static readonly string[] statusArgument = ["status", "val", "value", "ret", "retval", "arg1"];
    private static readonly string[] featuresArgument = ["f", "features", "f0", "ret", "retval", "arg1"];
    private static readonly string[] moreFeaturesArgument = ["f1", "features1"];
    private static readonly string[] resultArgument = ["ret", "retval", "arg1", "value", "size", "en", "enable", "vec", "vector", "num"];

    private FtraceThread thread = null!;
    private FtraceConversation conversation = null!;

    /// <summary>Whether this is a function that accesses registers.</summary>
    public static bool Knows(FtraceCall call) => call <= FtraceCall.GetGeneration;

    /// <summary>Takes a line about such a function; false if an argument is missing that it takes.</summary>
    public bool Take(FtraceThread thread, FtraceCall call, FtraceProbe probe)
    {
        this.thread = thread;
        var arguments = probe.Arguments;
        var registers = arguments.Number(registersArgument);
        var queue = Narrow(arguments.Number(queueArgument));
        if (!probe.IsReturn)
        {
            var entered = thread.Enter(call);
            (entered.Registers, entered.Queue) = (registers, queue);
            return Entered(call, arguments, registers, queue);
        }

        var left = thread.Leave(call);
        return Returned(call, arguments, registers ?? left?.Registers, queue ?? left?.Queue);
    }

    private bool Entered(FtraceCall call, FtraceArguments arguments, ulong? registers, ushort? queue)
    {
        switch (call)
        {
            case FtraceCall.SetStatus when arguments.Number(statusArgument) is { } status and <= byte.MaxValue:
                Status(isWrite: true, status, registers);
                return true;
            case FtraceCall.SetFeatures when arguments.Number(featuresArgument) is { } features:
                Converse(call, registers);
                Features(isWrite: true, CommonConfig.DriverFeatureSelect, features, arguments.Number(moreFeaturesArgument));
                if (Owner() is { } owner) owner.IsMappedFor = (features & AccessPlatform) != 0;
                return true;
            case FtraceCall.SetQueueSize when queue is { } index && Narrow(arguments.Number("size", "num")) is { } size:
                Queue(call, registers, index);
                Access(isWrite: true, CommonConfig.QueueSize, size, index);
                return true;
            case FtraceCall.SetQueueAddress when queue is { } index:
                return Addresses(index, arguments, registers);
            case FtraceCall.SetQueueEnable when queue is { } index && arguments.Number("en", "enable") is { } enable:
                Queue(call, registers, index);
                Access(isWrite: true, CommonConfig.QueueEnable, enable & ushort.MaxValue, index);
                return true;
            case FtraceCall.SetQueueVector when queue is { } index && Narrow(arguments.Number("vec", "vector")) is { } vector:
                Queue(call, registers, index);
                Access(isWrite: true, CommonConfig.QueueMsixVector, vector, index);
                return true;
            case FtraceCall.ResetQueue when queue is { } index:
                Queue(call, registers, index);
                Access(isWrite: true, CommonConfig.QueueReset, 1, index);
                return true;
            case FtraceCall.SetConfigVector when Narrow(arguments.Number("vec", "vector")) is { } vector:
                Converse(call, registers);
                Access(isWrite: true, CommonConfig.ConfigMsixVector, vector);
                return true;
            default:
                return IsRead(call);
        }
    }

    private bool Returned(FtraceCall call, FtraceArguments arguments, ulong? registers, ushort? queue)
    {
        switch (call)
        {
            case FtraceCall.GetStatus when arguments.Number(statusArgument) is { } status and <= byte.MaxValue:
                Status(isWrite: false, status, registers);
                return true;
            case FtraceCall.GetFeatures or FtraceCall.GetDriverFeatures when arguments.Number(featuresArgument) is { } features:
                Converse(call, registers);
                var select = call == FtraceCall.GetFeatures ? CommonConfig.DeviceFeatureSelect : CommonConfig.DriverFeatureSelect;
                Features(isWrite: false, select, features, arguments.Number(moreFeaturesArgument));
                return true;
            case FtraceCall.ResetQueue:
                // It has waited until both read 0.
                Converse(call, registers);
                Access(isWrite: false, CommonConfig.QueueReset, 0, queue);
                Access(isWrite: false, CommonConfig.QueueEnable, 0, queue);
                return true;
            case FtraceCall.GetQueueSize or FtraceCall.GetQueueEnable when Narrow(arguments.Number(resultArgument)) is { } result:
                if (queue is { } asked) Queue(call, registers, asked);
                else Converse(call, registers);
                Access(isWrite: false, call == FtraceCall.GetQueueSize ? CommonConfig.QueueSize : CommonConfig.QueueEnable, result, queue);
                return true;
            case FtraceCall.SetQueueVector or FtraceCall.SetConfigVector or FtraceCall.GetQueueCount or FtraceCall.GetGeneration
                when Narrow(arguments.Number(resultArgument)) is { } result:
                Converse(call, registers);
                Access(isWrite: false, PlaceOf(call), result, call == FtraceCall.SetQueueVector ? queue : null);
                return true;
            default:
                // A probe at the return of a function that writes: its entry tells what.
                return !IsRead(call);
        }
    }

    private static bool IsRead(FtraceCall call) => call is FtraceCall.GetStatus or FtraceCall.GetFeatures or FtraceCall.GetDriverFeatures
        or FtraceCall.GetQueueCount or FtraceCall.GetQueueSize or FtraceCall.GetQueueEnable or FtraceCall.GetGeneration;

    private static int PlaceOf(FtraceCall call) => call switch
    {
        FtraceCall.SetQueueVector => CommonConfig.QueueMsixVector,
        FtraceCall.SetConfigVector => CommonConfig.ConfigMsixVector,
        FtraceCall.GetQueueCount => CommonConfig.NumQueues,
        _ => CommonConfig.ConfigGeneration,
    };

    private static ushort? Narrow(ulong? number) => number is <= ushort.MaxValue ? (ushort)number : null;

    private void Status(bool isWrite, ulong value, ulong? registers)
    {
        Converse(isWrite ? FtraceCall.SetStatus : FtraceCall.GetStatus, registers, value);
        conversation.StatusIs(isWrite, value);
        if (isWrite) run.Coverage.StatusWritten(value);
        Access(isWrite, CommonConfig.DeviceStatus, value);
        if (isWrite && (value & FeaturesOk) != 0) Owner();
    }

    private bool Addresses(ushort queue, FtraceArguments arguments, ulong? registers)
    {
        if (arguments.Number("desc", "desc_addr") is not { } descriptors
            || arguments.Number("avail", "driver", "driver_addr") is not { } driver
            || arguments.Number("used", "device", "device_addr") is not { } device) return false;
        Queue(FtraceCall.SetQueueAddress, registers, queue);
        if (Owner() is { } owner)
        {
            owner.AddQueue(queue);
            if (thread.TakeAllocation(descriptors) is { } name) run.Named(name, owner, isCertain: true);
        }

        Halves(CommonConfig.QueueDesc, descriptors, queue);
        Halves(CommonConfig.QueueDriver, driver, queue);
        Halves(CommonConfig.QueueDevice, device, queue);
        return true;
    }

    private void Halves(int offset, ulong value, ushort queue)
    {
        Access(isWrite: true, offset, value & uint.MaxValue, queue);
        Access(isWrite: true, offset + 4, value >> 32, queue);
    }

    /// <summary>Each function writes the select register for each word, and the word's register behind it.</summary>
    private void Features(bool isWrite, int select, ulong features, ulong? more)
    {
        for (byte word = 0; word < (more is null ? 2 : 4); word++)
        {
            var value = word < 2 ? features : more.GetValueOrDefault();
            Access(isWrite: true, select, word);
            Access(isWrite, select + 4, (word & 1) == 0 ? value & uint.MaxValue : value >> 32, word: word);
        }
    }

    private void Queue(FtraceCall call, ulong? registers, ushort queue)
    {
        Converse(call, registers);
        // A driver that takes its queues down on another thread writes vectors too: that sets no device up.
        if (call == FtraceCall.SetQueueAddress) Owner();
        Access(isWrite: true, CommonConfig.QueueSelect, queue, queue);
    }

    private void Access(bool isWrite, int offset, ulong value, ushort? queue = null, byte? word = null)
    {
        var (name, width) = CommonConfig.RegisterAt((ulong)offset);
        var record = FtraceRun.Record(isWrite ? EventKind.RegisterWrite : EventKind.RegisterRead, thread, null, queue);
        (record.RegisterName, record.RegisterOffset, record.Width) = (name, (uint)offset, (byte)width);
        (record.Value, record.FeatureWord) = (value, word);
        run.Add(thread, record, conversation);
    }

    /// <summary>Goes on with the thread's conversation, or begins another where this access cannot belong to it.</summary>
    private void Converse(FtraceCall call, ulong? registers, ulong? status = null)
    {
        run.Begin(withReset: call == FtraceCall.SetStatus && status == 0);
        run.Coverage.Told(call);
        run.Devices.AreSetUp = true;
        var last = thread.Conversation;
        if (last is null || IsAnother(last, call, registers, status))
        {
            if (last is not null) last.IsOver = true;
            thread.Conversation = last = new FtraceConversation();
        }

        conversation = last;
        if (registers is not { } pointer) return;
        conversation.Registers = pointer;
        if (conversation.Device is null) conversation.Device = run.Devices.AtRegisters(pointer);
        else if (run.Devices.OfRegisters(pointer) is null) run.Devices.Registered(pointer, conversation.Device);
    }

    private bool IsAnother(FtraceConversation last, FtraceCall call, ulong? registers, ulong? status)
    {
        if (registers is { } pointer)
        {
            if (last.Registers is { } before) return before != pointer;
            if (last.Device is { } device && run.Devices.OfRegisters(pointer) is { } known && known != device) return true;
        }

        return status is { } value && last.Contradicts(call == FtraceCall.SetStatus, value);
    }

    /// <summary>The device. One that is set up and that nothing names otherwise is told from the others by its being set up.</summary>
    private FtraceDevice? Owner()
    {
        if (conversation.Device is not null) return conversation.Device;
        conversation.Device = run.Devices.OfVirtioDevice(conversation.VirtioDevice) ?? run.Devices.Add();
        if (conversation is { Device: { } device, VirtioDevice: { } pointer }) run.Devices.VirtioDeviceIs(pointer, device);
        return conversation.Device;
    }
}
