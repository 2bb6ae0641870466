/* Each probe of virtio_trace.h once, in the order of probes.events. */
#include "virtio_trace.h"

static const vtrace_queue q0 = { 0, 0 };

static void tell(vtrace *t)
{
    vtrace_thread_started(t, 0, "main");
    vtrace_remark(t, q0, "a remark of more than thirty-six bytes, in two records");
    vtrace_loss(t, 7, "a buffer was full");
    vtrace_loss(t, 0, "how many is not known");
    vtrace_device_error(t, q0, "");
    vtrace_handover_release(t, 77);
    vtrace_handover_acquire(t, 78);
}

static void access_rings(vtrace *t)
{
    vtrace_zero(t, q0, VTRACE_PART_DESCRIPTOR_AREA, 0x1000, 4096);
    vtrace_store_descriptor(t, q0, VTRACE_PART_DESCRIPTOR, 3, 0x1030, 3, 0x9000, 512, 2, 4);
    vtrace_store_available_entry(t, q0, 5, 0x200e, 3);
    vtrace_barrier(t, q0, VTRACE_ORDERING_STORE, VTRACE_DOMAIN_SMP);
    vtrace_store(t, q0, VTRACE_PART_AVAILABLE_INDEX, 0x2002, 2, 6);
    vtrace_store_ordered(t, q0, VTRACE_PART_AVAILABLE_INDEX, 0x2002, 2, 7, VTRACE_ORDERING_RELEASE, VTRACE_DOMAIN_SMP);
    vtrace_store_payload(t, q0, 0x9000, 512, 3);
    vtrace_dma_read(t, q0, VTRACE_PART_AVAILABLE_INDEX, 0x2002, 2, 6);
    vtrace_dma_read_ordered(t, q0, VTRACE_PART_AVAILABLE_INDEX, 0x2002, 2, 7, VTRACE_ORDERING_ACQUIRE, VTRACE_DOMAIN_SMP);
    vtrace_dma_read_available_entry(t, q0, 5, 0x200e, 3);
    vtrace_dma_read_descriptor(t, q0, VTRACE_PART_INDIRECT_DESCRIPTOR, 3, 0x1030, 3, 0x9000, 512, 2, 4);
    vtrace_dma_read_payload(t, q0, 0x9000, 512, 3);
    vtrace_dma_write_payload(t, q0, 0x9000, 512, 3);
    vtrace_dma_write_used_entry(t, q0, 1, 0x300c, 3, 512);
    vtrace_dma_write(t, q0, VTRACE_PART_USED_INDEX, 0x3002, 2, 2);
    vtrace_load(t, q0, VTRACE_PART_USED_INDEX, 0x3002, 2, 2);
    vtrace_load_used_entry(t, q0, 1, 0x300c, 3, 512);
    vtrace_load_payload(t, q0, 0x9000, 8, 3);
}

static void use_transport(vtrace *t)
{
    static const vtrace_register status = { VTRACE_REGISTER_DEVICE_STATUS, VTRACE_SPACE_BAR, 1, 0, 0x14, 0x14 };
    static const vtrace_register offered = { VTRACE_REGISTER_DEVICE_FEATURE, VTRACE_SPACE_MMIO, 4, VTRACE_NONE, 0x10, 0x10 };
    static const vtrace_register accepted = { VTRACE_REGISTER_DRIVER_FEATURE, VTRACE_SPACE_MMIO, 4, VTRACE_NONE, 0x20, 0x20 };
    vtrace_device_appeared(t, 0, 2, "virtio-blk");
    vtrace_capability(t, 0, 10, 2, 0, 0x400000, 0xa4);
    vtrace_register_read(t, vtrace_at(0, VTRACE_NONE), &status, 0);
    vtrace_register_write(t, vtrace_at(0, VTRACE_NONE), &status, 1);
    vtrace_features_read(t, 0, &offered, 1, 1);
    vtrace_features_write(t, 0, &accepted, 0, 0x20000000);
    vtrace_status_presented(t, 0, 15);
    vtrace_doorbell(t, q0, VTRACE_SPACE_MMIO, 0x50, 4, 0, VTRACE_ORDERING_RELEASE, VTRACE_DOMAIN_MMIO);
    vtrace_kick(t, q0, 0, 0);
    vtrace_interrupt(t, q0, 2, VTRACE_ORDERING_RELEASE, VTRACE_DOMAIN_MMIO);
    vtrace_interrupt(t, q0, VTRACE_NONE, 0, 0);
    vtrace_device_removed(t, 0);
}

static void map_memory(vtrace *t)
{
    static const vtrace_region region = { 4, VTRACE_ORIGIN_CAPABILITY, VTRACE_ATTRIBUTE_WRITE_COMBINING, false, 0xc0000000, 0x400000, 0x7f0000000000 };
    static const vtrace_mapping bounced = { 12, VTRACE_PART_PAYLOAD, VTRACE_DIRECTION_TO_DEVICE, 0xc0010000, 4096, 0x8000 };
    static const vtrace_mapping ring = { 13, VTRACE_PART_DRIVER_AREA, VTRACE_DIRECTION_BIDIRECTIONAL, 0xc0001000, 518, 0 };
    vtrace_region_mapped(t, 0, &region);
    vtrace_map(t, q0, &bounced);
    vtrace_map(t, q0, &ring);
    vtrace_bounce_copy(t, q0, &bounced, VTRACE_DIRECTION_TO_DEVICE, 4096);
    vtrace_unmap(t, q0, &bounced);
    vtrace_region_unmapped(t, 0, &region);
}

static void tell_what_was_there(vtrace *t)
{
    vtrace_snapshot_device(t, 1, 1, UINT64_C(1) << 32, 15);
    vtrace_snapshot_queue(t, vtrace_at(1, 0), 256, 0x1000, 0x2000, 0x3000);
    vtrace_snapshot_index(t, vtrace_at(1, 0), VTRACE_PART_USED_INDEX, 9);
}

int main(int count, char **words)
{
    vtrace_options options;
    vtrace *t;
    if (count != 2) return 2;
    memset(&options, 0, sizeof options);
    options.folder = words[1];
    options.source = "driver";
    options.sees = "driver.*,device.dma_read";
    options.producer = "a \"program\" with \\ in its name";
    options.actor = VTRACE_ACTOR_DRIVER;
    options.thread = 3;
    t = vtrace_open(&options);
    if (t == NULL) return 1;
    tell(t);
    access_rings(t);
    use_transport(t);
    map_memory(t);
    tell_what_was_there(t);
    vtrace_close(t);
    return 0;
}
