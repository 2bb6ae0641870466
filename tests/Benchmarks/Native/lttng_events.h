/* A descriptor store as an LTTng-UST tracepoint, with the fields that virtio_trace.h records of it. */
#undef LTTNG_UST_TRACEPOINT_PROVIDER
#define LTTNG_UST_TRACEPOINT_PROVIDER virtio
#undef LTTNG_UST_TRACEPOINT_INCLUDE
#define LTTNG_UST_TRACEPOINT_INCLUDE "./lttng_events.h"
#if !defined(LTTNG_EVENTS_H) || defined(LTTNG_UST_TRACEPOINT_HEADER_MULTI_READ)
#define LTTNG_EVENTS_H
#include <lttng/tracepoint.h>
LTTNG_UST_TRACEPOINT_EVENT(
    virtio, store_descriptor,
    LTTNG_UST_TP_ARGS(uint32_t, queue, uint16_t, slot, uint64_t, address, uint16_t, head, uint64_t, target, uint32_t, size, uint16_t, flags, uint16_t, next),
    LTTNG_UST_TP_FIELDS(
        lttng_ust_field_integer(uint32_t, queue, queue) lttng_ust_field_integer(uint16_t, slot, slot)
        lttng_ust_field_integer(uint64_t, address, address) lttng_ust_field_integer(uint16_t, head, head)
        lttng_ust_field_integer(uint64_t, target, target) lttng_ust_field_integer(uint32_t, size, size)
        lttng_ust_field_integer(uint16_t, flags, flags) lttng_ust_field_integer(uint16_t, next, next)))
#endif
#include <lttng/tracepoint-event.h>
