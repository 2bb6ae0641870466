/* How this device reaches its rings, and the barriers between: the only file that recording changed. */
#include "virtio_trace.h"

static vtrace *trace;                         /* this thread's journal; null = not recording */
static const vtrace_queue queue_0 = { 0, 0 }; /* device 0, queue 0 */

static inline uint16_t ring_read16(const uint16_t *word, uint8_t part, uint64_t address)
{
    uint16_t value = __atomic_load_n(word, __ATOMIC_RELAXED);
    vtrace_dma_read(trace, queue_0, part, address, 2, value); /* a read is recorded after it */
    return value;
}

static inline void ring_write16(uint16_t *word, uint8_t part, uint64_t address, uint16_t value)
{
    vtrace_dma_write(trace, queue_0, part, address, 2, value); /* a write is recorded before it */
    __atomic_store_n(word, value, __ATOMIC_RELAXED);
}

#define smp_rmb() (__atomic_thread_fence(__ATOMIC_ACQUIRE), vtrace_barrier(trace, queue_0, VTRACE_ORDERING_LOAD, VTRACE_DOMAIN_SMP))
#define smp_wmb() (__atomic_thread_fence(__ATOMIC_RELEASE), vtrace_barrier(trace, queue_0, VTRACE_ORDERING_STORE, VTRACE_DOMAIN_SMP))
#define smp_mb() (__atomic_thread_fence(__ATOMIC_SEQ_CST), vtrace_barrier(trace, queue_0, VTRACE_ORDERING_FULL, VTRACE_DOMAIN_SMP))
