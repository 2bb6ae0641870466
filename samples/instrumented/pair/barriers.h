/*
 * The barriers of both sides, each by the name of the pair of accesses that it stands between. All of them are there unless the
 * command line leaves one out; then it is neither executed nor recorded.
 */
#ifndef PAIR_BARRIERS_H
#define PAIR_BARRIERS_H

#include <stdatomic.h>
#include "virtio_trace.h"

enum barrier_site {
    NO_SITE,
    S1,  /* driver: descriptor and available entry, then available index */
    S2,  /* driver: available index, then the device's avail_event */
    S3,  /* driver: used index, then used entry and payload */
    S4,  /* driver: used_event, then used index once more */
    S5,  /* driver: used entry, then the descriptor stored anew */
    S7,  /* device: available index, then entry and descriptor */
    S8,  /* device: payload and used entry, then used index */
    S9,  /* device: used index, then the driver's used_event */
    S10, /* device: avail_event, then available index once more */
};

extern enum barrier_site left_out;

static inline void acquire_barrier(vtrace *trace, vtrace_queue queue, enum barrier_site site)
{
    if (left_out == site) return;
    atomic_thread_fence(memory_order_acquire);
    vtrace_barrier(trace, queue, VTRACE_ORDERING_ACQUIRE, VTRACE_DOMAIN_SMP);
}

static inline void release_barrier(vtrace *trace, vtrace_queue queue, enum barrier_site site)
{
    if (left_out == site) return;
    atomic_thread_fence(memory_order_release);
    vtrace_barrier(trace, queue, VTRACE_ORDERING_RELEASE, VTRACE_DOMAIN_SMP);
}

static inline void full_barrier(vtrace *trace, vtrace_queue queue, enum barrier_site site)
{
    if (left_out == site) return;
    atomic_thread_fence(memory_order_seq_cst);
    vtrace_barrier(trace, queue, VTRACE_ORDERING_FULL, VTRACE_DOMAIN_SMP);
}

#endif
