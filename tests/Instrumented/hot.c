/* What is compiled into the recorded program: looked at by its disassembly. */
#include "virtio_trace.h"

void publish(vtrace *trace, uint16_t *index, uint16_t value)
{
    vtrace_store(trace, vtrace_at(0, 0), VTRACE_PART_AVAILABLE_INDEX, (uint64_t)(uintptr_t)index, 2, value);
    __atomic_store_n(index, value, __ATOMIC_RELAXED);
}

void fill(vtrace *trace, uint64_t *descriptor, uint64_t buffer, uint16_t head)
{
    vtrace_store_descriptor(trace, vtrace_at(0, 0), VTRACE_PART_DESCRIPTOR, head, (uint64_t)(uintptr_t)descriptor, head, buffer, 4096, 1, 2);
    __atomic_store_n(descriptor, buffer, __ATOMIC_RELAXED);
}

void fence(vtrace *trace)
{
    vtrace_barrier(trace, vtrace_at(0, 0), VTRACE_ORDERING_RELEASE, VTRACE_DOMAIN_SMP);
}
