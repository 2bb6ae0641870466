/* The device's queue: takes chains, fills their buffer, gives them back, in order. */
#include <time.h>
#include "barriers.h"
#include "device.h"
#include "ring.h"
#include "wake.h"
#include "words.h"

static const vtrace_queue queue_0 = { 0, 0 };

/* The bytes of a guest's address; null where there are none. */
static uint64_t *buffer_at(uint64_t address, uint32_t length)
{
    uint64_t first = bus_of(&memory.buffer);
    uint64_t offset = address - first;
    if (address < first || offset > sizeof memory.buffer || length != BUFFER_BYTES || sizeof memory.buffer - offset < length) return NULL;
    return (uint64_t *)((char *)&memory.buffer + offset);
}

/* "Entropy": the chain's number, so that the driver can tell what it got. */
static void fill(vtrace *trace, uint16_t head, uint64_t address, uint64_t *buffer, uint64_t number)
{
    int word;
    vtrace_dma_write_payload(trace, queue_0, address, BUFFER_BYTES, head);
    for (word = 0; word < BUFFER_BYTES / 8; word++) __atomic_store_n(&buffer[word], number + (uint64_t)word, __ATOMIC_RELAXED);
}

static struct descriptor read_descriptor(vtrace *trace, uint16_t head)
{
    struct descriptor found = memory.descriptor[head];
    vtrace_dma_read_descriptor(trace, queue_0, VTRACE_PART_DESCRIPTOR, head, bus_of(&memory.descriptor[head]), head,
        found.address, found.length, found.flags, found.next);
    return found;
}

static void serve_chain(struct device *device, uint16_t position, uint64_t number)
{
    vtrace *trace = device->queue;
    uint16_t slot = position % QUEUE_SIZE;
    uint16_t head = __atomic_load_n(&memory.available.entry[slot], __ATOMIC_RELAXED);
    struct descriptor found;
    uint64_t *buffer;
    vtrace_dma_read_available_entry(trace, queue_0, slot, bus_of(&memory.available.entry[slot]), head);
    found = read_descriptor(trace, head % QUEUE_SIZE);
    buffer = buffer_at(found.address, found.length);
    if (buffer != NULL) fill(trace, head, found.address, buffer, number);
    vtrace_dma_write_used_entry(trace, queue_0, slot, bus_of(&memory.used.entry[slot]), head, buffer != NULL ? BUFFER_BYTES : 0);
    __atomic_store_n(&memory.used.entry[slot].id, head, __ATOMIC_RELAXED);
    __atomic_store_n(&memory.used.entry[slot].length, buffer != NULL ? BUFFER_BYTES : 0, __ATOMIC_RELAXED);
    release_barrier(trace, queue_0, S8);
    write_word(trace, queue_0, VTRACE_PART_USED_INDEX, &memory.used.index, (uint16_t)(position + 1));
}

/* Interrupts if the driver asked for this entry (virtio 1.3 section 2.7.7.2). */
static void interrupt(struct device *device, uint16_t position)
{
    uint16_t asked;
    full_barrier(device->queue, queue_0, S9);
    asked = read_word(device->queue, queue_0, VTRACE_PART_USED_EVENT, &memory.available.used_event);
    if (!has_passed(asked, (uint16_t)(position + 1), position)) return;
    vtrace_interrupt(device->queue, queue_0, VTRACE_NONE, VTRACE_ORDERING_RELEASE, VTRACE_DOMAIN_SMP);
    __atomic_fetch_or(&device->interrupt_status, INTERRUPT_USED_BUFFER, __ATOMIC_RELEASE);
    wake(device->interrupt);
}

/* What a source of entropy takes to begin: long enough that the driver has to wait for it. */
static void warm_up(void)
{
    struct timespec little = { 0, 1000 };
    nanosleep(&little, NULL);
}

/* Asks to be told, looks once more, and waits if there is nothing (section 2.7.10). */
static void wait_for_work(struct device *device, uint16_t position)
{
    write_word(device->queue, queue_0, VTRACE_PART_AVAILABLE_EVENT, &memory.used.available_event, position);
    full_barrier(device->queue, queue_0, S10);
    if (read_word(device->queue, queue_0, VTRACE_PART_AVAILABLE_INDEX, &memory.available.index) != position) return;
    device->waits++;
    if (!await(device->doorbell) && __atomic_load_n(&memory.available.index, __ATOMIC_RELAXED) != position) device->rescued++;
    warm_up();
}

void *device_serve(void *argument)
{
    struct device *device = argument;
    uint16_t position = 0;
    uint64_t number = 0;
    vtrace_thread_started(device->queue, 0, "queue 0");
    vtrace_handover_acquire(device->queue, 1);
    while (!__atomic_load_n(&device->stopping, __ATOMIC_RELAXED)) {
        uint16_t index = read_word(device->queue, queue_0, VTRACE_PART_AVAILABLE_INDEX, &memory.available.index);
        if (index == position) {
            wait_for_work(device, position);
            continue;
        }
        acquire_barrier(device->queue, queue_0, S7);
        for (; position != index; position++) {
            serve_chain(device, position, number++);
            interrupt(device, position);
        }
    }
    vtrace_handover_release(device->queue, 2);
    return NULL;
}
