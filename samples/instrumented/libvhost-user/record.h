/*
 * What the patched libvhost-user says of its rings, in the words of virtio_trace.h. Each function takes the value of an access that the
 * library makes by itself, records the access, and hands the value on.
 */
#ifndef RECORD_H
#define RECORD_H

#include "virtio_trace.h"
#include "include/atomic.h"
#include "libvhost-user.h"

/* The one journal and the one device of this program: the library serves both from one thread. */
extern vtrace *journal;
extern VuDev *device;

/* An address that is not the guest's. */
#define NOWHERE UINT64_MAX

/* The bus address of what lies at one of ours. */
static inline uint64_t bus_address(const void *place)
{
    uint64_t ours = (uint64_t)(uintptr_t)place;
    uint32_t i;
    for (i = 0; i < device->nregions; i++) {
        const VuDevRegion *region = &device->regions[i];
        uint64_t first = region->mmap_addr + region->mmap_offset;
        if (ours >= first && ours - first < region->size) return region->gpa + (ours - first);
    }
    return NOWHERE;
}

static inline vtrace_queue number_of(const VuVirtq *queue)
{
    return vtrace_at(0, (uint16_t)(queue - device->vq));
}

/* A 16-bit word of a ring was loaded. */
static inline uint16_t loaded(const VuVirtq *queue, uint8_t part, const void *place, uint16_t value)
{
    if (vtrace_is_on(journal)) vtrace_dma_read(journal, number_of(queue), part, bus_address(place), sizeof value, value);
    return value;
}

/* An entry of the available ring was loaded. Behind the last one lies used_event (virtio 1.3 section 2.7.6). */
static inline uint16_t loaded_entry(const VuVirtq *queue, int slot, uint16_t value)
{
    const void *place = &queue->vring.avail->ring[slot];
    if ((unsigned)slot == queue->vring.num) return loaded(queue, VTRACE_PART_USED_EVENT, place, value);
    if (vtrace_is_on(journal)) vtrace_dma_read_available_entry(journal, number_of(queue), (uint16_t)slot, bus_address(place), value);
    return value;
}

/* A 16-bit word of a ring is about to be stored. */
static inline uint16_t storing(const VuVirtq *queue, uint8_t part, const void *place, uint16_t value)
{
    if (vtrace_is_on(journal)) vtrace_dma_write(journal, number_of(queue), part, bus_address(place), sizeof value, value);
    return value;
}

/* An entry of the used ring is about to be stored. */
static inline void storing_used(const VuVirtq *queue, int slot, const struct vring_used_elem *entry)
{
    if (!vtrace_is_on(journal)) return;
    vtrace_dma_write_used_entry(journal, number_of(queue), (uint16_t)slot, bus_address(&queue->vring.used->ring[slot]), le32toh(entry->id), le32toh(entry->len));
}

/* The chain whose descriptors are read from here on. */
static struct {
    const VuVirtq *queue;
    uint16_t head;
} chain __attribute__((unused));

static inline void begin_chain(const VuVirtq *queue, unsigned head)
{
    chain.queue = queue;
    chain.head = (uint16_t)head;
}

/* A load of a part of a descriptor; false where the library reads a copy of its own, which is no access to the guest's memory. */
static inline bool begin_field(vtrace_record *record, const struct vring_desc *table, unsigned slot, size_t offset, size_t length)
{
    bool is_indirect = table != chain.queue->vring.desc;
    uint64_t address = bus_address((const char *)&table[slot] + offset);
    if (address == NOWHERE) return false;
    *record = vtrace_access(journal, VTRACE_EVENT_DMA_READ, VTRACE_ACTOR_DEVICE, number_of(chain.queue),
        is_indirect ? VTRACE_PART_INDIRECT_DESCRIPTOR : VTRACE_PART_DESCRIPTOR, address, length);
    vtrace_set_slot(record, (uint16_t)slot);
    vtrace_set_head(record, chain.head);
    return true;
}

static inline uint64_t loaded_addr(const struct vring_desc *table, unsigned slot, uint64_t value)
{
    vtrace_record record;
    if (!vtrace_is_on(journal) || !begin_field(&record, table, slot, offsetof(struct vring_desc, addr), sizeof value)) return value;
    vtrace_set_target_space(&record, VTRACE_SPACE_BUS);
    vtrace_set_target(&record, value);
    vtrace_write(journal, &record);
    return value;
}

static inline uint32_t loaded_len(const struct vring_desc *table, unsigned slot, uint32_t value)
{
    vtrace_record record;
    if (!vtrace_is_on(journal) || !begin_field(&record, table, slot, offsetof(struct vring_desc, len), sizeof value)) return value;
    vtrace_set_size(&record, value);
    vtrace_write(journal, &record);
    return value;
}

static inline uint16_t loaded_flags(const struct vring_desc *table, unsigned slot, uint16_t value)
{
    vtrace_record record;
    if (!vtrace_is_on(journal) || !begin_field(&record, table, slot, offsetof(struct vring_desc, flags), sizeof value)) return value;
    vtrace_set_flags(&record, value);
    vtrace_write(journal, &record);
    return value;
}

static inline uint16_t loaded_next(const struct vring_desc *table, unsigned slot, uint16_t value)
{
    vtrace_record record;
    if (!vtrace_is_on(journal) || !begin_field(&record, table, slot, offsetof(struct vring_desc, next), sizeof value)) return value;
    vtrace_set_next_slot(&record, value);
    vtrace_write(journal, &record);
    return value;
}

/* Entries of an indirect table that spans regions were copied. */
static inline void loaded_entries(const void *place, uint64_t length)
{
    vtrace_record record;
    if (!vtrace_is_on(journal)) return;
    record = vtrace_access(journal, VTRACE_EVENT_DMA_READ, VTRACE_ACTOR_DEVICE, number_of(chain.queue), VTRACE_PART_INDIRECT_TABLE, bus_address(place), length);
    vtrace_set_head(&record, chain.head);
    vtrace_write(journal, &record);
}

static inline void record_barrier(uint8_t ordering, uint8_t domain)
{
    vtrace_barrier(journal, vtrace_at(0, VTRACE_NONE), ordering, domain);
}

/* include/qemu/atomic.h: fences of C11, for all processors; on x86-64 only the full one is an instruction. */
static inline void recorded_mb(void)
{
    record_barrier(VTRACE_ORDERING_FULL, VTRACE_DOMAIN_SMP);
    smp_mb();
}

static inline void recorded_rmb(void)
{
    record_barrier(VTRACE_ORDERING_ACQUIRE, VTRACE_DOMAIN_SMP);
    smp_rmb();
}

static inline void recorded_wmb(void)
{
    record_barrier(VTRACE_ORDERING_RELEASE, VTRACE_DOMAIN_SMP);
    smp_wmb();
}

/* For the compiler only. */
static inline void recorded_barrier(void)
{
    record_barrier(VTRACE_ORDERING_FULL, VTRACE_DOMAIN_COMPILER);
    barrier();
}

/* The driver's notification of a queue was taken from its eventfd. */
static inline void notified(const VuVirtq *queue)
{
    vtrace_kick(journal, number_of(queue), 0, 0);
}

/*
 * The driver is about to be notified by an eventfd. Its system call takes a lock and gives it back: what came before is visible to
 * whoever reads the eventfd, and more is not promised.
 */
static inline void notifying(const VuVirtq *queue)
{
    vtrace_interrupt(journal, number_of(queue), VTRACE_NONE, VTRACE_ORDERING_RELEASE, VTRACE_DOMAIN_SMP);
}

/* Payload of a chain: recorded before it is written, after it was read. */
static inline void writing_payload(const VuVirtq *queue, unsigned head, const void *place, size_t length)
{
    if (vtrace_is_on(journal)) vtrace_dma_write_payload(journal, number_of(queue), bus_address(place), length, (uint16_t)head);
}

static inline void read_payload(const VuVirtq *queue, unsigned head, const void *place, size_t length)
{
    if (vtrace_is_on(journal)) vtrace_dma_read_payload(journal, number_of(queue), bus_address(place), length, (uint16_t)head);
}

#endif
