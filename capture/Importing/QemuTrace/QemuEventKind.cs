namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>The trace events of QEMU that say something about a virtio device.</summary>
internal enum QemuEventKind
{
    RegionRead,
    RegionWrite,
    ConfigRead,
    ConfigWrite,
    BarMapped,
    BarUnmapped,
    MmioRead,
    MmioWrite,
    QueueNotify,
    Notify,
    SetStatus,
    Popped,
    GivenBack,
    FrontEndSent,
    FrontEndReceived,
    IotlbAccess,
    PassThrough,
    IotlbTranslate,
    IotlbFault,
}
