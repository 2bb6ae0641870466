/* lttng_cost COUNT: what an event costs that LTTng-UST records, in nanoseconds, so many on end. */
#define LTTNG_UST_TRACEPOINT_CREATE_PROBES
#define LTTNG_UST_TRACEPOINT_DEFINE
#include "lttng_events.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

int main(int count, char **words)
{
    uint32_t events = count == 2 ? (uint32_t)atoi(words[1]) : 0;
    uint32_t index;
    double start = now();
    for (index = 0; index < events; index++)
        lttng_ust_tracepoint(virtio, store_descriptor, 0, (uint16_t)(index & 255), 0xc0000000u + 16 * (index & 255), 1, 0xc0010000u, 4096, 1, 2);
    printf("%.1f\n", (now() - start) / events);
    return 0;
}
