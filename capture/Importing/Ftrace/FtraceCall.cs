namespace Tracing.Capture.Importing.Ftrace;

/// <summary>What a probed function of the kernel does for a driver.</summary>
internal enum FtraceCall
{
    /// <summary>Reads device status.</summary>
    GetStatus,

    /// <summary>Writes device status.</summary>
    SetStatus,

    /// <summary>Reads the offered features.</summary>
    GetFeatures,

    /// <summary>Reads the accepted features back.</summary>
    GetDriverFeatures,

    /// <summary>Writes the accepted features.</summary>
    SetFeatures,

    /// <summary>Reads how many queues there are.</summary>
    GetQueueCount,

    /// <summary>Reads a queue's size.</summary>
    GetQueueSize,

    /// <summary>Writes a queue's size.</summary>
    SetQueueSize,

    /// <summary>Writes a queue's three addresses.</summary>
    SetQueueAddress,

    /// <summary>Reads whether a queue is enabled.</summary>
    GetQueueEnable,

    /// <summary>Enables a queue.</summary>
    SetQueueEnable,

    /// <summary>Writes a queue's vector and reads it back.</summary>
    SetQueueVector,

    /// <summary>Writes the vector of configuration changes and reads it back.</summary>
    SetConfigVector,

    /// <summary>Resets a queue, and waits until that is done.</summary>
    ResetQueue,

    /// <summary>Reads the configuration's generation.</summary>
    GetGeneration,

    /// <summary>Settles which of the offered features the ring code can do.</summary>
    FilterFeatures,

    /// <summary>Makes a queue.</summary>
    CreateQueue,

    /// <summary>Adds buffers to a queue.</summary>
    AddBuffers,

    /// <summary>Gives one buffer of a chain its bus address.</summary>
    MapBuffer,

    /// <summary>Notifies a device, if that is what its transport does.</summary>
    Notify,

    /// <summary>Writes to the notification address of a virtio-pci device.</summary>
    WriteDoorbell,

    /// <summary>Maps memory for DMA.</summary>
    MapDma,

    /// <summary>Ends such a mapping.</summary>
    UnmapDma,

    /// <summary>Allocates memory for DMA.</summary>
    AllocateDma,

    /// <summary>Frees such memory.</summary>
    FreeDma,

    /// <summary>Known, and tells nothing that is made use of.</summary>
    Other,
}
