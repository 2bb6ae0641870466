/*
 * The 16-bit words of a ring, accessed plainly and recorded: a store before, a load after. This file and barriers.h are all that
 * stands between a ring implementation and its recording.
 */
#ifndef PAIR_WORDS_H
#define PAIR_WORDS_H

#include "ring.h"
#include "virtio_trace.h"

static inline void store_word(vtrace *trace, vtrace_queue queue, uint8_t part, uint16_t *place, uint16_t value)
{
    vtrace_store(trace, queue, part, bus_of(place), 2, value);
    __atomic_store_n(place, value, __ATOMIC_RELAXED);
}

static inline uint16_t load_word(vtrace *trace, vtrace_queue queue, uint8_t part, const uint16_t *place)
{
    uint16_t value = __atomic_load_n(place, __ATOMIC_RELAXED);
    vtrace_load(trace, queue, part, bus_of(place), 2, value);
    return value;
}

static inline void write_word(vtrace *trace, vtrace_queue queue, uint8_t part, uint16_t *place, uint16_t value)
{
    vtrace_dma_write(trace, queue, part, bus_of(place), 2, value);
    __atomic_store_n(place, value, __ATOMIC_RELAXED);
}

static inline uint16_t read_word(vtrace *trace, vtrace_queue queue, uint8_t part, const uint16_t *place)
{
    uint16_t value = __atomic_load_n(place, __ATOMIC_RELAXED);
    vtrace_dma_read(trace, queue, part, bus_of(place), 2, value);
    return value;
}

#endif
