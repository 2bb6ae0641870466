using System.Text.Json;

namespace Tracing.Capture.Importing.Qmp;

/// <summary>An element of a queue as x-query-virtio-queue-element tells it: the chain behind an entry of the available ring.</summary>
/// <param name="Queue">The queue; null if nothing says which.</param>
/// <param name="Index">The entry of the available ring that was asked for; null for the next one.</param>
/// <param name="Head">The entry's value.</param>
/// <param name="AvailableIndex">The available ring's idx.</param>
/// <param name="UsedIndex">The used ring's idx.</param>
/// <param name="Descriptors">The chain, in its order; of an indirect one the table's entries.</param>
internal sealed record QmpElement(
    ushort? Queue, ushort? Index, ushort? Head, ushort? AvailableIndex, ushort? UsedIndex, IReadOnlyList<QmpDescriptor> Descriptors)
{
    private const int MostDescriptors = 1024;

    /// <summary>Reads an answer. QEMU lists a chain from its end.</summary>
    public static QmpElement Read(QmpQuery query, JsonElement answer)
    {
        var descriptors = answer.ListOf("descs").Take(MostDescriptors).Select(QmpDescriptor.Read).Reverse().ToArray();
        return new QmpElement(
            query.Queue, query.Index, answer.ShortOf("index"), answer.Member("avail")?.ShortOf("idx"), answer.Member("used")?.ShortOf("idx"), descriptors);
    }
}

/// <summary>A descriptor as it was found.</summary>
/// <param name="Address">Its addr.</param>
/// <param name="Length">Its len.</param>
/// <param name="Flags">Its flags; null if there is one without a bit.</param>
internal readonly record struct QmpDescriptor(ulong? Address, uint? Length, ushort? Flags)
{
    /// <summary>Reads one.</summary>
    public static QmpDescriptor Read(JsonElement value)
    {
        ushort? flags = 0;
        foreach (var flag in value.ListOf("flags"))
        {
            // VIRTQ_DESC_F_NEXT, WRITE and INDIRECT (virtio 1.3 §2.7.5).
            ushort? bit = QmpJson.Text(flag) switch { "next" => 1, "write" => 2, "indirect" => 4, _ => null };
            flags = (ushort?)(flags | bit);
        }

        return new QmpDescriptor(value.NumberOf("addr"), value.NumberOf("len") is { } length and <= uint.MaxValue ? (uint)length : null, flags);
    }
}
