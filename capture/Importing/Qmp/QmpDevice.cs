using System.Text.Json;

namespace Tracing.Capture.Importing.Qmp;

/// <summary>A virtio device, as the last answers about it tell it.</summary>
internal sealed class QmpDevice(string path)
{
    private const int MostThings = 1024;
    private readonly SortedDictionary<ushort, QmpQueue> queues = [];
    private readonly Dictionary<(ushort? Queue, ushort? Index), QmpElement> elements = [];

    /// <summary>Its place in QEMU's object tree.</summary>
    public string Path => path;

    /// <summary>Its name, if known.</summary>
    public string? Name { get; set; }

    /// <summary>Its virtio device type, if known.</summary>
    public ulong? Type { get; private set; }

    /// <summary>How many queues it has, if known.</summary>
    public ulong? QueueCount { get; private set; }

    /// <summary>Device status; null if it was not told, or has a name without a bit.</summary>
    public byte? Status { get; private set; }

    /// <summary>Whether there was an answer about it.</summary>
    public bool HasStatus { get; private set; }

    /// <summary>What QEMU's model can do.</summary>
    public QmpFeatures? Host { get; private set; }

    /// <summary>What the driver accepted.</summary>
    public QmpFeatures? Guest { get; private set; }

    /// <summary>Its queues, by number.</summary>
    public IEnumerable<KeyValuePair<ushort, QmpQueue>> Queues => queues;

    /// <summary>Elements of its queues.</summary>
    public IEnumerable<QmpElement> Elements => elements.Values;

    /// <summary>
    /// Driven over the legacy interface; null if nothing shows it. A legacy driver accepts no VERSION_1 and does not know
    /// FEATURES_OK (virtio 1.3 §3.1.2); one that has DRIVER_OK has done with both.
    /// </summary>
    public bool? IsLegacy => Guest?.Bits is not { } accepted || Status is not { } status ? null
        : (accepted >> 32 & 1) != 0 || (status & 8) != 0 ? false
        : (status & 4) != 0 ? true
        : null;

    /// <summary>Takes an answer about the device. False where there was one already.</summary>
    public bool TakeStatus(JsonElement answer, Action<string> unknown)
    {
        var isFirst = !HasStatus;
        HasStatus = true;
        Name = answer.TextOf("name") ?? Name;
        Type = answer.NumberOf("device-id");
        QueueCount = answer.NumberOf("num-vqs");
        Host = QmpFeatures.Read(answer.Member("host-features"), unknown);
        Guest = QmpFeatures.Read(answer.Member("guest-features"), unknown);
        Status = ReadStatus(answer.Member("status"), unknown);
        return isFirst;
    }

    /// <summary>Takes an answer about a queue. False where there was one already, or are too many.</summary>
    public bool TakeQueue(ushort queue, JsonElement answer)
    {
        if (queues.Count >= MostThings && !queues.ContainsKey(queue)) return false;
        var isFirst = !queues.ContainsKey(queue);
        queues[queue] = QmpQueue.Read(answer);
        return isFirst;
    }

    /// <summary>Takes an answer about an element. False where there was one already, or are too many.</summary>
    public bool TakeElement(QmpQuery query, JsonElement answer)
    {
        var key = (query.Queue, query.Index);
        if (elements.Count >= MostThings && !elements.ContainsKey(key)) return false;
        var isFirst = !elements.ContainsKey(key);
        elements[key] = QmpElement.Read(query, answer);
        return isFirst;
    }

    private static byte? ReadStatus(JsonElement? told, Action<string> unknown)
    {
        if (told is not { } status || status.Member("statuses") is null) return null;
        var bits = status.NumberOf("unknown-statuses") ?? 0;
        foreach (var item in status.ListOf("statuses"))
        {
            if (QmpJson.Text(item) is { } name && QmpNames.StatusBit(name) is { } bit)
            {
                bits |= 1u << bit;
                continue;
            }

            unknown(QmpJson.Text(item) ?? "something that is no name");
            return null;
        }

        return bits <= byte.MaxValue ? (byte)bits : null;
    }
}
