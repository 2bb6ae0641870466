namespace Tracing.Peers.VhostUser;

/// <summary>Requests of a vhost-user front end (QEMU, docs/interop/vhost-user). Numbers are the protocol's.</summary>
public enum VhostRequest : uint
{
    /// <summary>Reads the offered features.</summary>
    GetFeatures = 1,

    /// <summary>Says what the driver accepted.</summary>
    SetFeatures = 2,

    /// <summary>The front end takes possession.</summary>
    SetOwner = 3,

    /// <summary>It gives possession up (deprecated).</summary>
    ResetOwner = 4,

    /// <summary>The guest's memory as a whole.</summary>
    SetMemoryTable = 5,

    /// <summary>A queue's size.</summary>
    SetVringNum = 8,

    /// <summary>A queue's areas.</summary>
    SetVringAddress = 9,

    /// <summary>The available entry that a queue begins with.</summary>
    SetVringBase = 10,

    /// <summary>Stops a queue and asks how far it is.</summary>
    GetVringBase = 11,

    /// <summary>The eventfd of the driver's notifications; starts the queue.</summary>
    SetVringKick = 12,

    /// <summary>The eventfd of the device's notifications.</summary>
    SetVringCall = 13,

    /// <summary>The eventfd of errors.</summary>
    SetVringError = 14,

    /// <summary>Reads the protocol features.</summary>
    GetProtocolFeatures = 15,

    /// <summary>Says which of them are used.</summary>
    SetProtocolFeatures = 16,

    /// <summary>How many queues there may be.</summary>
    GetQueueNum = 17,

    /// <summary>A queue may work, or not for now.</summary>
    SetVringEnable = 18,

    /// <summary>A socket for requests of the back end.</summary>
    SetBackendRequestDescriptor = 21,

    /// <summary>Reads configuration.</summary>
    GetConfig = 24,

    /// <summary>Writes configuration.</summary>
    SetConfig = 25,

    /// <summary>Resets the device.</summary>
    ResetDevice = 34,

    /// <summary>How many memory regions there may be.</summary>
    GetMaxMemorySlots = 36,

    /// <summary>Adds one region.</summary>
    AddMemoryRegion = 37,

    /// <summary>Removes one region.</summary>
    RemoveMemoryRegion = 38,
}

/// <summary>Protocol features that this back end knows (bit numbers).</summary>
[Flags]
public enum VhostProtocolFeatures : ulong
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Several queues.</summary>
    MultipleQueues = 1UL << 0,

    /// <summary>Answers on demand.</summary>
    ReplyAcknowledge = 1UL << 3,

    /// <summary>A socket for requests of the back end.</summary>
    BackendRequests = 1UL << 5,

    /// <summary>Configuration messages.</summary>
    Configuration = 1UL << 9,

    /// <summary>A reset message.</summary>
    ResetDevice = 1UL << 13,

    /// <summary>Memory regions one by one.</summary>
    MemorySlots = 1UL << 15,
}
