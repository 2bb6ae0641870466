/* A split virtqueue in shared memory (virtio 1.3 section 2.7): what both sides know of it. */
#ifndef PAIR_RING_H
#define PAIR_RING_H

#include <stdint.h>

enum { QUEUE_SIZE = 256, BUFFER_BYTES = 64 };

enum { DESCRIPTOR_WRITE = 2 };

struct descriptor {
    uint64_t address;
    uint32_t length;
    uint16_t flags;
    uint16_t next;
};

struct available_ring {
    uint16_t flags;
    uint16_t index;
    uint16_t entry[QUEUE_SIZE];
    uint16_t used_event;
};

struct used_ring {
    uint16_t flags;
    uint16_t index;
    struct {
        uint32_t id;
        uint32_t length;
    } entry[QUEUE_SIZE];
    uint16_t available_event;
};

/* All memory that the two share. Its bus addresses count from MEMORY_BUS. */
struct shared_memory {
    _Alignas(4096) struct descriptor descriptor[QUEUE_SIZE];
    _Alignas(4096) struct available_ring available;
    _Alignas(4096) struct used_ring used;
    _Alignas(4096) uint64_t buffer[QUEUE_SIZE][BUFFER_BYTES / 8];
};

#define MEMORY_BUS UINT64_C(0x40000000)

extern struct shared_memory memory;

static inline uint64_t bus_of(const void *place)
{
    return MEMORY_BUS + (uint64_t)((const char *)place - (const char *)&memory);
}

/* Whether an index moved past the entry that the other side asked for (section 2.7.10, as a distance modulo 2^16). */
static inline int has_passed(uint16_t asked, uint16_t now, uint16_t before)
{
    return (uint16_t)(now - asked - 1) < (uint16_t)(now - before);
}

#endif
