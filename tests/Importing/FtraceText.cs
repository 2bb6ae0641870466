using System.Globalization;
using System.Text;

namespace Tracing.Tests.Importing;

/// <summary>Lines as ftrace prints them, made up.</summary>
internal sealed class FtraceText
{
    private readonly StringBuilder text = new();
    private long microseconds = 2_000_000;

    /// <summary>The file <c>trace</c> so far.</summary>
    public override string ToString() => text.ToString();

    /// <summary>A line of a task, or of an interrupt on top of it.</summary>
    public FtraceText Line(string task, string rest, string flags = ".....")
    {
        microseconds += 10;
        var time = (microseconds / 1e6).ToString("F6", CultureInfo.InvariantCulture);
        text.Append(CultureInfo.InvariantCulture, $"{task,16} [000] {flags} {time}: {rest}\n");
        return this;
    }

    public FtraceText Raw(string line)
    {
        text.Append(line).Append('\n');
        return this;
    }

    public FtraceText SetStatus(string task, int status, string more = "")
        => Line(task, $"a: (vp_modern_set_status+0x0/0x20 [virtio_pci_modern_dev]) {more}status={status}");

    public FtraceText GetStatus(string task, int status)
        => Line(task, $"b: (virtio_dev_probe+0x34/0x25f [virtio] <- vp_modern_get_status) status={status}");

    /// <summary>From reading device status 1 to DRIVER_OK, with one queue whose memory lies at <paramref name="ring"/>.</summary>
    public FtraceText Probe(string task, ulong features, ulong ring, ulong? registers = null, int queues = 1)
    {
        var more = registers is { } pointer ? $"mdev=0x{pointer:x} " : "";
        if (registers is not null) Line(task, $"e: (vp_modern_get_status+0x0/0x20 [virtio_pci_modern_dev]) {more}");
        GetStatus(task, 1).SetStatus(task, 3, more);
        if (registers is not null) Line(task, $"h: (vp_modern_get_features+0x0/0x50 [virtio_pci_modern_dev]) {more}");
        Line(task, $"c: (virtio_dev_probe+0x56/0x25f [virtio] <- vp_modern_get_features) f=0x{features:x}");
        Line(task, $"d: (vp_modern_set_features+0x0/0x50 [virtio_pci_modern_dev]) {more}f=0x{features:x}");
        SetStatus(task, 11, more).GetStatus(task, 11);
        for (var queue = 0; queue < queues; queue++)
        {
            Line(task, $"q: (vp_modern_set_queue_size+0x0/0x40 [virtio_pci_modern_dev]) {more}idx={queue} size=8");
            Line(task, $"r: (vp_modern_queue_address+0x0/0x80 [virtio_pci_modern_dev]) {more}idx={queue} desc=0x{ring:x} avail=0x{ring + 0x80:x} used=0x{ring + 0xc0:x}");
            Line(task, $"s: (vp_modern_set_queue_enable+0x0/0x40 [virtio_pci_modern_dev]) {more}idx={queue} en=1");
        }

        return SetStatus(task, 15, more);
    }

    /// <summary>A buffer is mapped by the ring code; the kernel's event in between names the device.</summary>
    public FtraceText Map(string task, ulong address, string? name, int length = 16, string flags = "d..1.")
    {
        Line(task, "m: (vring_map_one_sg+0x0/0x50 [virtio_ring])", flags);
        Line(task, $"n: (dma_map_page_attrs+0x0/0x270) dev=(fault) page=0xffffea0000162c80 off=0x210 size={length} dir=1", flags);
        if (name is not null) Line(task, $"swiotlb_bounced: dev_name: {name} dma_mask=ffffffffffffffff dev_addr=58b2210 size={length} FORCE", flags);
        return Line(task, $"o: (virtqueue_add_split+0x17b/0x700 [virtio_ring] <- dma_map_page_attrs) dma=0x{address:x}", flags);
    }

    public FtraceText Unmap(string task, ulong address, int length = 16, string flags = "d.h2.")
        => Line(task, $"u: (dma_unmap_page_attrs+0x0/0x1c0) dma=0x{address:x} size={length} dir=1", flags);
}
