/*
 * device FOLDER [without-rmb]: a device that serves a queue set up before, as a back end does, and records its accesses by
 * ring_access.h. Its driver is not instrumented: it is a few lines at the end of this file.
 */
#include "ring_access.h"

enum { SIZE = 256, CHAINS = 1000 };

static struct { uint64_t address; uint32_t length; uint16_t flags, next; } descriptors[SIZE];
static struct { uint16_t flags, index, entry[SIZE], used_event; } available;
static struct { uint16_t flags, index; struct { uint32_t id, length; } entry[SIZE]; uint16_t available_event; } used;
static uint64_t buffer;

static const uint64_t descriptor_area = 0x1000, driver_area = 0x2000, device_area = 0x3000;
static bool has_rmb = true;

static void serve_chain(uint16_t position)
{
    uint16_t slot = position % SIZE;
    uint16_t head = available.entry[slot];
    vtrace_dma_read_available_entry(trace, queue_0, slot, driver_area + 4 + 2u * slot, head);
    vtrace_dma_read_descriptor(trace, queue_0, VTRACE_PART_DESCRIPTOR, head, descriptor_area + 16u * head, head,
        descriptors[head].address, descriptors[head].length, descriptors[head].flags, descriptors[head].next);
    vtrace_dma_write_payload(trace, queue_0, descriptors[head].address, sizeof buffer, head);
    buffer = position;
    vtrace_dma_write_used_entry(trace, queue_0, slot, device_area + 4 + 8u * slot, head, sizeof buffer);
    used.entry[slot].id = head;
    used.entry[slot].length = sizeof buffer;
}

static void serve(void)
{
    static uint16_t position;
    while (ring_read16(&available.index, VTRACE_PART_AVAILABLE_INDEX, driver_area + 2) != position) {
        if (has_rmb) smp_rmb();
        serve_chain(position++);
        smp_wmb();
        ring_write16(&used.index, VTRACE_PART_USED_INDEX, device_area + 2, position);
        smp_mb();
        ring_read16(&available.used_event, VTRACE_PART_USED_EVENT, driver_area + 4 + 2 * SIZE);
    }
}

/* What is told once, when the queue starts: how the device was set up, and where the indices stand. */
static void begin_recording(const char *folder)
{
    vtrace_options options = { 0 };
    options.folder = folder;
    options.source = "device-queue-0";
    options.sees = "device.dma_read,device.dma_write,device.barrier";
    options.actor = VTRACE_ACTOR_DEVICE;
    trace = vtrace_open(&options);
    vtrace_snapshot_device(trace, 0, 4, UINT64_C(1) << 32 | UINT64_C(1) << 29, 15);
    vtrace_snapshot_queue(trace, queue_0, SIZE, descriptor_area, driver_area, device_area);
    vtrace_snapshot_index(trace, queue_0, VTRACE_PART_AVAILABLE_INDEX, available.index);
    vtrace_snapshot_index(trace, queue_0, VTRACE_PART_USED_INDEX, used.index);
}

int main(int count, char **words)
{
    uint16_t chain;
    if (count < 2) return 2;
    has_rmb = count < 3;
    begin_recording(words[1]);
    for (chain = 0; chain < CHAINS; chain++) {
        uint16_t head = chain % SIZE;
        descriptors[head].address = 0x100000;
        descriptors[head].length = sizeof buffer;
        descriptors[head].flags = 2;
        available.entry[chain % SIZE] = head;
        available.index = (uint16_t)(chain + 1);
        serve();
    }
    vtrace_close(trace);
    return 0;
}
