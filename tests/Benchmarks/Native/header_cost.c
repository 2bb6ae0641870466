/*
 * header_cost FOLDER: what an event costs that virtio_trace.h records, in nanoseconds: a bare timestamp read; an event into a segment that
 * is ready; an event of two million on end, with the making of segments; a call with recording off.
 */
#include "virtio_trace.h"

enum { REPETITIONS = 21, EVENTS = 60000, SUSTAINED = 2000000 };

static double values[REPETITIONS];

static int compare(const void *one, const void *other)
{
    double left = *(const double *)one, right = *(const double *)other;
    return (left > right) - (left < right);
}

static double median(void)
{
    qsort(values, REPETITIONS, sizeof *values, compare);
    return values[REPETITIONS / 2];
}

static vtrace *open_journal(const char *folder, const char *kind, int number)
{
    char source[64];
    vtrace_options options = { 0 };
    vtrace *trace;
    snprintf(source, sizeof source, "%s-%d", kind, number);
    options.folder = folder;
    options.source = source;
    options.sees = "driver.*";
    options.segment_bytes = 4 * 1024 * 1024;
    trace = vtrace_open(&options);
    if (trace == NULL) exit(1);
    return trace;
}

static double write_events(vtrace *trace, uint32_t count)
{
    int64_t start = vtrace_monotonic_ns();
    uint32_t index;
    for (index = 0; index < count; index++) {
        vtrace_store_descriptor(trace, vtrace_at(0, 0), VTRACE_PART_DESCRIPTOR, (uint16_t)(index & 255), 0xc0000000u + 16 * (index & 255), 1,
            0xc0010000u, 4096, 1, 2);
        VTRACE_COMPILER_BARRIER();
    }
    return (double)(vtrace_monotonic_ns() - start) / count;
}

static double timestamp(void)
{
    volatile int64_t last = 0;
    int64_t start = vtrace_monotonic_ns();
    int index;
    for (index = 0; index < EVENTS; index++) last = vtrace_monotonic_ns();
    return (double)(last - start) / EVENTS;
}

int main(int count, char **words)
{
    double clock, ready, off;
    vtrace *volatile none = NULL;
    vtrace *trace;
    int turn;
    if (count != 2) return 2;
    for (turn = 0; turn < REPETITIONS; turn++) values[turn] = timestamp();
    clock = median();
    for (turn = 0; turn < REPETITIONS; turn++) {
        trace = open_journal(words[1], "ready", turn);
        values[turn] = write_events(trace, EVENTS);
        vtrace_close(trace);
    }
    ready = median();
    for (turn = 0; turn < REPETITIONS; turn++) values[turn] = write_events(none, EVENTS);
    off = median();
    trace = open_journal(words[1], "sustained", 0);
    printf("%.1f %.1f %.2f %.1f\n", clock, ready, off, write_events(trace, SUSTAINED));
    vtrace_close(trace);
    return 0;
}
