using System.Collections.Frozen;

namespace Tracing.Capture.Importing.Ftrace;

/// <summary>
/// The kernel functions that are understood where they are probed (Linux 6.1 to 6.18: drivers/virtio/virtio_pci_modern_dev.c,
/// virtio_pci_common.c and virtio_ring.c, kernel/dma/mapping.c). The one place to touch when one gets another name.
/// </summary>
internal static class FtraceFunctions
{
    /// <summary>
    /// A function's symbol is what it is known by. Where a line has none, as those of trace-cmd report have, it is the probe's
    /// name: the symbol, perhaps between p_ or r_ and a number, or one of these.
    /// </summary>
    private static readonly (FtraceCall Call, string[] Symbols, string[] Probes)[] all =
    [
        (FtraceCall.GetStatus, ["vp_modern_get_status"], ["get_status"]),
        (FtraceCall.SetStatus, ["vp_modern_set_status"], ["set_status"]),
        (FtraceCall.GetFeatures, ["vp_modern_get_features", "vp_modern_get_extended_features"], ["get_features"]),
        (FtraceCall.GetDriverFeatures, ["vp_modern_get_driver_features", "vp_modern_get_driver_extended_features"], ["get_driver_features"]),
        (FtraceCall.SetFeatures, ["vp_modern_set_features", "vp_modern_set_extended_features"], ["set_features"]),
        (FtraceCall.GetQueueCount, ["vp_modern_get_num_queues"], ["num_queues"]),
        (FtraceCall.GetQueueSize, ["vp_modern_get_queue_size"], ["get_queue_size"]),
        (FtraceCall.SetQueueSize, ["vp_modern_set_queue_size"], ["queue_size"]),
        (FtraceCall.SetQueueAddress, ["vp_modern_queue_address"], ["queue_address"]),
        (FtraceCall.GetQueueEnable, ["vp_modern_get_queue_enable"], ["get_queue_enable"]),
        (FtraceCall.SetQueueEnable, ["vp_modern_set_queue_enable"], ["queue_enable"]),
        (FtraceCall.SetQueueVector, ["vp_modern_queue_vector"], ["queue_vector"]),
        (FtraceCall.SetConfigVector, ["vp_modern_config_vector"], ["config_vector"]),
        (FtraceCall.ResetQueue, ["vp_modern_set_queue_reset"], ["queue_reset"]),
        (FtraceCall.GetGeneration, ["vp_modern_generation"], ["generation"]),
        (FtraceCall.FilterFeatures, ["vring_transport_features"], ["xfeat"]),
        (FtraceCall.CreateQueue, ["vring_create_virtqueue"], ["create_queue"]),
        (FtraceCall.AddBuffers,
            ["virtqueue_add_sgs", "virtqueue_add_outbuf", "virtqueue_add_inbuf", "virtqueue_add_inbuf_ctx", "virtqueue_add_outbuf_premapped", "virtqueue_add_inbuf_premapped"],
            ["add_sgs", "add_outbuf", "add_inbuf", "add_inbuf_ctx"]),
        (FtraceCall.MapBuffer, ["vring_map_one_sg"], ["map_one_sg"]),
        (FtraceCall.Notify, ["virtqueue_notify"], ["notify"]),
        (FtraceCall.WriteDoorbell, ["vp_notify", "vp_notify_with_data"], []),
        (FtraceCall.MapDma, ["dma_map_page_attrs", "dma_map_phys"], ["map_page"]),
        (FtraceCall.UnmapDma, ["dma_unmap_page_attrs", "dma_unmap_phys"], ["unmap_page"]),
        (FtraceCall.AllocateDma, ["dma_alloc_attrs"], ["alloc_coherent"]),
        (FtraceCall.FreeDma, ["dma_free_attrs"], ["free_coherent"]),
        (FtraceCall.Other, ["virtqueue_get_buf_ctx_split", "virtqueue_get_buf_ctx_packed", "virtqueue_get_buf_ctx", "virtqueue_get_buf"], ["get_buf"]),
    ];

    private static readonly FrozenDictionary<string, FtraceCall> bySymbol = all
        .SelectMany(one => one.Symbols.Select(symbol => (symbol, one.Call)))
        .ToFrozenDictionary(pair => pair.symbol, pair => pair.Call, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, FtraceCall> byProbe = all
        .SelectMany(one => one.Probes.Concat(one.Symbols).SelectMany(NamesOf, (_, name) => (name, one.Call)))
        .ToFrozenDictionary(pair => pair.name, pair => pair.Call, StringComparer.Ordinal);

    /// <summary>What a probe's line is about, or null if it is nothing that is known.</summary>
    /// <param name="symbol">The probed function, null where the line has an address.</param>
    /// <param name="probe">The probe's name.</param>
    public static FtraceCall? Find(string? symbol, string probe)
        => (symbol is null ? byProbe : bySymbol).TryGetValue(symbol ?? probe, out var call) ? call : null;

    /// <summary>Probes that got no name are called p_SYMBOL_0 and r_SYMBOL_0 (Documentation/trace/kprobetrace.rst); the other suffixes are this project's.</summary>
    private static IEnumerable<string> NamesOf(string name) => [name, $"{name}_ret", $"{name}_of", $"p_{name}_0", $"r_{name}_0"];
}
