using System.Collections.Frozen;
using System.Text;

namespace Tracing.Capture.Importing.QemuTrace;

/// <summary>
/// The events that are made use of, as QEMU 7.2 defines and prints them (its trace-events files). The one place to touch when
/// a version of QEMU prints one otherwise, or when another event is to be understood.
/// </summary>
internal static class QemuEvents
{
    /// <summary>The most numbers that one of them has.</summary>
    public const int MostNumbers = 8;

    private static readonly QemuEventFormat[] all =
    [
        new(QemuEventKind.RegionRead, "memory_region_ops_read", "cpu %d mr %p addr 0x%x value 0x%x size %u name '%s'"),
        new(QemuEventKind.RegionWrite, "memory_region_ops_write", "cpu %d mr %p addr 0x%x value 0x%x size %u name '%s'"),
        new(QemuEventKind.ConfigRead, "pci_cfg_read", "%s %02x:%02x.%x @0x%x -> 0x%x"),
        new(QemuEventKind.ConfigWrite, "pci_cfg_write", "%s %02x:%02x.%x @0x%x <- 0x%x"),
        new(QemuEventKind.BarMapped, "pci_update_mappings_add", "%s %02x:%02x.%x %d,0x%x+0x%x"),
        new(QemuEventKind.BarUnmapped, "pci_update_mappings_del", "%s %02x:%02x.%x %d,0x%x+0x%x"),
        new(QemuEventKind.MmioRead, "virtio_mmio_read", "virtio_mmio_read offset 0x%x"),
        new(QemuEventKind.MmioWrite, "virtio_mmio_write_offset", "virtio_mmio_write offset 0x%x value 0x%x"),
        new(QemuEventKind.QueueNotify, "virtio_queue_notify", "vdev %p n %d vq %p"),
        new(QemuEventKind.Notify, "virtio_notify", "vdev %p vq %p"),
        new(QemuEventKind.Notify, "virtio_notify_irqfd", "vdev %p vq %p"),
        new(QemuEventKind.SetStatus, "virtio_set_status", "vdev %p val %u"),
        new(QemuEventKind.Popped, "virtqueue_pop", "vq %p elem %p in_num %u out_num %u"),
        new(QemuEventKind.GivenBack, "virtqueue_fill", "vq %p elem %p len %u idx %u"),
        new(QemuEventKind.FrontEndSent, "vhost_user_write", "req:%d flags:0x%x"),
        new(QemuEventKind.FrontEndReceived, "vhost_user_read", "req:%d flags:0x%x"),
        // One line for each access of a device: a hit, an update where the page was not cached, or what passes untranslated.
        new(QemuEventKind.IotlbAccess, "vtd_iotlb_page_hit", "IOTLB page hit sid 0x%x iova 0x%x slpte 0x%x domain 0x%x"),
        new(QemuEventKind.IotlbAccess, "vtd_iotlb_page_update", "IOTLB page update sid 0x%x iova 0x%x slpte 0x%x domain 0x%x"),
        new(QemuEventKind.PassThrough, "vtd_translate_pt", "source id 0x%x, iova 0x%x"),
        new(QemuEventKind.IotlbTranslate, "vtd_dmar_translate", "dev %02x:%02x.%02x iova 0x%x -> gpa 0x%x mask 0x%x"),
        new(QemuEventKind.IotlbFault, "vtd_dmar_fault", "sid 0x%x fault %d addr 0x%x write %d"),
    ];

    private static readonly FrozenDictionary<string, QemuEventFormat>.AlternateLookup<ReadOnlySpan<char>> byName =
        all.ToFrozenDictionary(format => format.Name, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The event of that name, or null.</summary>
    public static QemuEventFormat? Find(ReadOnlySpan<byte> name)
    {
        Span<char> letters = stackalloc char[64];
        if (name.Length > letters.Length) return null;
        var count = Encoding.Latin1.GetChars(name, letters);
        return byName.TryGetValue(letters[..count], out var format) ? format : null;
    }
}
