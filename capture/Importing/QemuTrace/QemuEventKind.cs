namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>The trace events of QEMU that say something about a virtio device.</summary>
internal enum QemuEventKind
{
    RegionRead,
    RegionWrite,
    ConfigRead,
    ConfigWrite,
    QueueNotify,
    Notify,
    SetStatus,
    IotlbAccess,
    IotlbTranslate,
    IotlbFault,
}
