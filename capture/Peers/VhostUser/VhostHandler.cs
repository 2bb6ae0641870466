using Microsoft.Win32.SafeHandles;
using Tracing.Peers.Memory;
using Tracing.Peers.Native;
using Tracing.Virtio;
using Tracing.Virtio.Device;

namespace Tracing.Peers.VhostUser;

/// <summary>What each message means: the state of the conversation, and what the device is told of it.</summary>
/// <param name="connection">To the front end.</param>
/// <param name="device">The device.</param>
/// <param name="ranges">The guest's memory.</param>
public sealed class VhostHandler(VhostConnection connection, VhostDevice device, GuestRanges ranges) : IDisposable
{
    /// <summary>VHOST_USER_F_PROTOCOL_FEATURES: a feature of the conversation, not of the device.</summary>
    private const int ProtocolFeaturesBit = 30;

    private const VhostProtocolFeatures Known = VhostProtocolFeatures.MultipleQueues | VhostProtocolFeatures.ReplyAcknowledge
        | VhostProtocolFeatures.BackendRequests | VhostProtocolFeatures.Configuration | VhostProtocolFeatures.ResetDevice
        | VhostProtocolFeatures.MemorySlots;

    private readonly EventCounter?[] kicks = new EventCounter?[device.Queues];
    private readonly EventCounter?[] calls = new EventCounter?[device.Queues];
    private readonly EventCounter?[] errors = new EventCounter?[device.Queues];
    private VhostProtocolFeatures protocol;
    private bool hasProtocolFeatures;

    /// <summary>For poll: the kick of each queue, -1 where there is none.</summary>
    public int KickOf(int queue) => kicks[queue]?.Descriptor ?? -1;

    /// <summary>A kick has arrived.</summary>
    public void TakeKick(int queue)
    {
        if (kicks[queue]?.Take() == true) device.Kick((ushort)queue);
    }

    /// <summary>Notifies the driver of a queue.</summary>
    public void Call(ushort queue) => calls[queue]?.Signal();

    /// <summary>Tells the front end that the device has failed.</summary>
    public void ReportFailure()
    {
        foreach (var error in errors) error?.Signal();
    }

    /// <summary>Executes a message and answers where an answer is due.</summary>
    /// <exception cref="InvalidDataException">What it says cannot be used.</exception>
    /// <exception cref="IOException">The peer has gone.</exception>
    public void Execute(VhostMessage message)
    {
        device.Received((uint)message.Request, (uint)message.Payload.Length, VhostMessage.Name(message.Request));
        var answered = Answer(message);
        if (!answered && Tell(message) is { } problem)
        {
            if (!MayAcknowledge(message)) throw new InvalidDataException($"{VhostMessage.Name(message.Request)}: {problem}");
            device.Refuse($"{VhostMessage.Name(message.Request)} is refused: {problem}");
            Reply(message, 1);
            return;
        }

        if (!answered && MayAcknowledge(message)) Reply(message, 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var counter in kicks.Concat(calls).Concat(errors)) counter?.Dispose();
    }

    private bool MayAcknowledge(VhostMessage message)
        => message.WantsAcknowledgement && (protocol & VhostProtocolFeatures.ReplyAcknowledge) != 0;

    /// <summary>Messages that always have an answer. False = it is none of them.</summary>
    private bool Answer(VhostMessage message)
    {
        switch (message.Request)
        {
            case VhostRequest.GetFeatures: Reply(message, (ulong)device.ReadFeatures().With(ProtocolFeaturesBit).Bits); return true;
            case VhostRequest.GetProtocolFeatures: Reply(message, (ulong)Known); return true;
            case VhostRequest.GetQueueNum: Reply(message, (ulong)device.Queues); return true;
            case VhostRequest.GetMaxMemorySlots: Reply(message, VhostMessage.MostRegions); return true;
            case VhostRequest.GetVringBase:
                if (device.Stop(message.Index, out var position) is { } problem) throw new InvalidDataException($"GetVringBase: {problem}");
                Replace(kicks, message.Index, null);
                Reply(message, message.Index | ((ulong)position << 32));
                return true;
            case VhostRequest.GetConfig: AnswerConfig(message); return true;
            default: return false;
        }
    }

    private void Reply(VhostMessage message, ulong number)
    {
        device.Sent((uint)message.Request, sizeof(ulong), VhostMessage.Name(message.Request));
        connection.Answer(message.Request, number);
    }

    private void AnswerConfig(VhostMessage message)
    {
        var (offset, size) = (message.Index, message.Value);
        if (size > VhostMessage.LongestConfig || message.Payload.Length != VhostMessage.ConfigHeaderBytes + size || offset > VhostMessage.LongestConfig)
            throw new InvalidDataException($"GetConfig of {size} bytes at {offset} in a payload of {message.Payload.Length} bytes");
        var answer = message.Payload.ToArray();
        device.ReadConfig(offset, answer.AsSpan(VhostMessage.ConfigHeaderBytes));
        device.Sent((uint)message.Request, (uint)answer.Length, VhostMessage.Name(message.Request));
        connection.Answer(message.Request, answer);
    }

    /// <summary>All other messages; what is wrong, or null.</summary>
    private string? Tell(VhostMessage message)
    {
        switch (message.Request)
        {
            case VhostRequest.SetFeatures:
                var accepted = new FeatureSet(message.Number);
                hasProtocolFeatures = accepted.Has(ProtocolFeaturesBit);
                device.SetFeatures(accepted.Without(ProtocolFeaturesBit));
                return null;
            case VhostRequest.SetProtocolFeatures: protocol = (VhostProtocolFeatures)message.Number; return null;
            case VhostRequest.SetOwner or VhostRequest.ResetOwner: return null;
            case VhostRequest.SetBackendRequestDescriptor:
                // This back end has nothing to ask for.
                message.Descriptors[0].Dispose();
                return null;
            case VhostRequest.SetMemoryTable: ranges.Replace([.. message.Regions().Zip(message.Descriptors, Range)]); return null;
            case VhostRequest.AddMemoryRegion:
                var (place, file) = Range(message.Regions().First(), message.Descriptors[0]);
                ranges.Add(place, file);
                return null;
            case VhostRequest.RemoveMemoryRegion:
                foreach (var descriptor in message.Descriptors) descriptor.Dispose();
                var gone = message.Regions().First();
                return ranges.Remove(gone.Guest, gone.Bytes) ? null : $"there is no region of 0x{gone.Bytes:x} bytes at 0x{gone.Guest:x}";
            case VhostRequest.SetVringNum: return device.SetSize(message.Index, message.Value);
            case VhostRequest.SetVringBase: return device.SetBase(message.Index, message.Value);
            case VhostRequest.SetVringAddress: return SetAddresses(message);
            case VhostRequest.SetVringEnable: return device.Enable(message.Index, message.Value != 0);
            case VhostRequest.SetVringKick: return Kick(message);
            case VhostRequest.SetVringCall: return Replace(calls, (uint)(message.Number & 0xff), Counter(message));
            case VhostRequest.SetVringError: return Replace(errors, (uint)(message.Number & 0xff), Counter(message));
            case VhostRequest.SetConfig: return WriteConfig(message);
            case VhostRequest.ResetDevice: return Reset();
            default:
                foreach (var descriptor in message.Descriptors) descriptor.Dispose();
                return "a request that this back end did not offer";
        }
    }

    private static (GuestRange Place, SafeFileHandle File) Range(
        (ulong Guest, ulong Bytes, ulong FrontEnd, ulong Offset) region, SafeFileHandle file)
        => (new GuestRange(region.Guest, region.Bytes, region.Offset > long.MaxValue ? -1 : (long)region.Offset, region.FrontEnd), file);

    private string? SetAddresses(VhostMessage message)
    {
        var said = new QueueAddresses(Descriptors: message.At(8), Used: message.At(16), Available: message.At(24));
        if (ranges.Translate(said.Descriptors) is not { } descriptors
            || ranges.Translate(said.Available) is not { } available
            || ranges.Translate(said.Used) is not { } used)
            return $"queue {message.Index} at 0x{said.Descriptors:x}, 0x{said.Available:x}, 0x{said.Used:x}, part of which is in no memory region";
        return device.SetAddresses(message.Index, said, new QueueAddresses(descriptors, available, used));
    }

    private string? Kick(VhostMessage message)
    {
        var queue = (uint)(message.Number & 0xff);
        if (Replace(kicks, queue, Counter(message)) is { } problem) return problem;
        // Without the protocol features a queue is enabled from the start.
        if (!hasProtocolFeatures && device.Enable(queue, true) is { } refused) return refused;
        return device.Start(queue);
    }

    private string? WriteConfig(VhostMessage message)
    {
        var (offset, size) = (message.Index, message.Value);
        if (size > VhostMessage.LongestConfig || message.Payload.Length < VhostMessage.ConfigHeaderBytes + size || offset > VhostMessage.LongestConfig)
            return $"{size} bytes at {offset} in a payload of {message.Payload.Length} bytes";
        device.WriteConfig(offset, message.Payload.Span.Slice(VhostMessage.ConfigHeaderBytes, (int)size));
        return null;
    }

    private string? Reset()
    {
        for (uint queue = 0; queue < device.Queues; queue++) device.Stop(queue, out _);
        return null;
    }

    private static EventCounter? Counter(VhostMessage message)
        => message.Descriptors.Count > 0 ? new EventCounter(message.Descriptors[0]) : null;

    private static string? Replace(EventCounter?[] counters, uint queue, EventCounter? counter)
    {
        if (queue >= counters.Length)
        {
            counter?.Dispose();
            return $"queue {queue} of {counters.Length}";
        }

        counters[queue]?.Dispose();
        counters[queue] = counter;
        return null;
    }
}
