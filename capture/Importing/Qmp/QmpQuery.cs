namespace Tracing.Capture.Importing.Qmp;

/// <summary>What QEMU was asked.</summary>
internal enum QmpSubject
{
    /// <summary>Something else.</summary>
    Other,
    /// <summary>Which virtio devices there are: x-query-virtio.</summary>
    Devices,
    /// <summary>x-query-virtio-status.</summary>
    Status,
    /// <summary>x-query-virtio-queue-status.</summary>
    Queue,
    /// <summary>x-query-virtio-queue-element.</summary>
    Element,
}

/// <summary>A question.</summary>
/// <param name="Subject">What about.</param>
/// <param name="Path">The device's path in QEMU's object tree; null if not known.</param>
/// <param name="Queue">The queue; null if not known.</param>
/// <param name="Index">The entry of the available ring; null if not said: the next one that the device would take.</param>
internal readonly record struct QmpQuery(QmpSubject Subject, string? Path = null, ushort? Queue = null, ushort? Index = null);
