using System.Text.Json;

namespace Tracing.Capture.Importing.Qmp;

/// <summary>A queue as x-query-virtio-queue-status tells it.</summary>
/// <param name="Size">Its size.</param>
/// <param name="DefaultSize">The size that the device offers.</param>
/// <param name="Descriptors">Address of the descriptor area; 0 for a queue that is not enabled.</param>
/// <param name="Available">Address of the driver area.</param>
/// <param name="Used">Address of the device area.</param>
internal sealed record QmpQueue(ulong? Size, ulong? DefaultSize, ulong? Descriptors, ulong? Available, ulong? Used)
{
    /// <summary>Reads an answer.</summary>
    public static QmpQueue Read(JsonElement answer) => new(
        answer.NumberOf("vring-num"), answer.NumberOf("vring-num-default"), answer.NumberOf("vring-desc"), answer.NumberOf("vring-avail"), answer.NumberOf("vring-used"));
}
