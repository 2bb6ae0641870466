using System.Globalization;
using System.Text.Json;
using Tracing.Schemas;

namespace Tracing.Capture.Importing.Qmp;

/// <summary>Understands a conversation with QEMU, or answers that somebody collected, as devices in the state that the last answers tell.</summary>
internal sealed class QmpAnswers(ImportedEvents events)
{
    private const int MostDevices = 256;
    private const int MostOpen = 1024;
    private readonly List<(string? Id, QmpQuery Query)> open = [];
    private readonly Dictionary<string, QmpDevice> devices = new(StringComparer.Ordinal);
    private readonly List<QmpDevice> inOrder = [];

    /// <summary>The devices, in the order in which answers name them.</summary>
    public IReadOnlyList<QmpDevice> Devices => inOrder;

    /// <summary>Takes an object of the file.</summary>
    public void Take(JsonElement root, ReadOnlySpan<byte> text)
    {
        if (root.TextOf("execute") is { } command) TakeCommand(command, root);
        else if (root.Member("return") is { } answer) TakeAnswer(Match(root), answer, text);
        else if (root.Member("error") is { } error) TakeError(Match(root), error, text);
        else if (root.Member("QMP") is not null) return;
        else if (root.Member("event") is not null) events.PassOver("an event of QEMU's", text);
        else if (!TakeCollection(root, text)) events.PassOver("it is neither question nor answer", text);
    }

    private void TakeCommand(string command, JsonElement root)
    {
        var arguments = root.Member("arguments") ?? default;
        var subject = command switch
        {
            "x-query-virtio" => QmpSubject.Devices,
            "x-query-virtio-status" => QmpSubject.Status,
            "x-query-virtio-queue-status" => QmpSubject.Queue,
            "x-query-virtio-queue-element" => QmpSubject.Element,
            _ => QmpSubject.Other,
        };
        if (open.Count == MostOpen) open.RemoveAt(0);
        open.Add((root.Member("id")?.GetRawText(), new QmpQuery(subject, arguments.TextOf("path"), arguments.ShortOf("queue"), arguments.ShortOf("index"))));
    }

    /// <summary>The question that an object answers: by its id, else the one that waits longest (QMP answers in order).</summary>
    private QmpQuery? Match(JsonElement root)
    {
        var id = root.Member("id")?.GetRawText();
        var place = id is null ? 0 : open.FindIndex(one => one.Id == id);
        if (place < 0 || place >= open.Count) return null;
        var query = open[place].Query;
        open.RemoveAt(place);
        return query;
    }

    /// <summary>One object that has the answers as its members: "status PATH", "queue0 PATH", "elem PATH".</summary>
    private bool TakeCollection(JsonElement root, ReadOnlySpan<byte> text)
    {
        var isOne = false;
        if (root.ValueKind != JsonValueKind.Object) return false;
        foreach (var member in root.EnumerateObject())
        {
            if (Understood(member) is not { } query) continue;
            isOne = true;
            if (member.Value.Member("error") is { } error) TakeError(query, error, text);
            else TakeAnswer(query, member.Value.Member("return") ?? member.Value, text);
        }

        return isOne;
    }

    private static QmpQuery? Understood(JsonProperty member)
    {
        string name;
        try
        {
            name = member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        var words = name.Split(' ', 2);
        if (words is ["x-query-virtio"]) return new QmpQuery(QmpSubject.Devices);
        if (words is not [var subject, var path]) return null;
        if (subject == "status") return new QmpQuery(QmpSubject.Status, path);
        if (subject.StartsWith("queue", StringComparison.Ordinal) && Number(subject["queue".Length..]) is { } queue) return new QmpQuery(QmpSubject.Queue, path, queue);
        return subject.StartsWith("elem", StringComparison.Ordinal) && (subject == "elem" || Number(subject["elem".Length..]) is not null)
            ? new QmpQuery(QmpSubject.Element, path, Number(subject["elem".Length..]))
            : null;
    }

    private static ushort? Number(string text)
        => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private void TakeAnswer(QmpQuery? asked, JsonElement answer, ReadOnlySpan<byte> text)
    {
        var query = asked ?? Guess(answer);
        if (query.Subject == QmpSubject.Devices)
        {
            foreach (var item in answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray().AsEnumerable() : [])
            {
                if (item.TextOf("path") is { } path && Find(path) is { } listed) listed.Name = item.TextOf("name");
            }

            return;
        }

        if (query.Subject == QmpSubject.Other) return;
        if (query.Path is not { } place || Find(place) is not { } device)
        {
            events.PassOver("it is about no device that is named, or about too many", text);
            return;
        }

        var queue = query.Queue ?? answer.ShortOf("queue-index");
        var unknown = new List<string>();
        var isFirst = query.Subject switch
        {
            QmpSubject.Status => device.TakeStatus(answer, unknown.Add),
            QmpSubject.Queue when queue is { } number => device.TakeQueue(number, answer),
            QmpSubject.Element => device.TakeElement(query with { Queue = queue }, answer),
            _ => false,
        };
        foreach (var name in unknown) events.PointOut($"the bit of '{Printable.Short(name, 80)}' is not known, nor then the set that it is in", text);
        if (!isFirst) events.PointOut("the same was told before, or is about no queue or too many: of two answers the last one counts", text);
    }

    private void TakeError(QmpQuery? query, JsonElement error, ReadOnlySpan<byte> text)
    {
        if (query is { Subject: QmpSubject.Other }) return;
        events.PassOver($"QEMU had no answer: {Printable.Short(error.TextOf("desc") ?? "an error", 80)}", text);
    }

    /// <summary>What an answer without its question is about: its form shows it, and the device's name whose, if only one has it.</summary>
    private QmpQuery Guess(JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Array && answer.EnumerateArray().Any(item => item.TextOf("path") is not null)) return new QmpQuery(QmpSubject.Devices);
        var subject = answer.Member("guest-features") is not null ? QmpSubject.Status
            : answer.Member("vring-desc") is not null ? QmpSubject.Queue
            : answer.Member("descs") is not null ? QmpSubject.Element
            : QmpSubject.Other;
        var name = answer.TextOf("name");
        var named = inOrder.Where(device => device.Name == name).Take(2).ToArray();
        return new QmpQuery(subject, named.Length == 1 ? named[0].Path : named.Length == 0 ? name : null);
    }

    private QmpDevice? Find(string path)
    {
        if (devices.TryGetValue(path, out var device) || devices.Count >= MostDevices) return device;
        devices[path] = device = new QmpDevice(path);
        inOrder.Add(device);
        return device;
    }
}
