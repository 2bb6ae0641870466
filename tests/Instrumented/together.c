/*
 * together FOLDER FOLDER COUNT: two processes record into the two folders, which may be one. One stores the available index COUNT
 * times in memory that both share, the other looks until it has seen each value.
 */
#include "virtio_trace.h"
#include <sched.h>
#include <sys/wait.h>

static const vtrace_queue q0 = { 0, 0 };

static vtrace *open_journal(const char *folder, const char *source, const char *sees, uint8_t actor)
{
    vtrace_options options = { 0 };
    options.folder = folder;
    options.source = source;
    options.sees = sees;
    options.actor = actor;
    return vtrace_open(&options);
}

static int store_all(const char *folder, uint16_t *index, const uint16_t *seen, int count)
{
    vtrace *trace = open_journal(folder, "driver", "driver.*", VTRACE_ACTOR_DRIVER);
    int value;
    if (trace == NULL) return 1;
    for (value = 1; value <= count; value++) {
        while (__atomic_load_n(seen, __ATOMIC_RELAXED) != (uint16_t)(value - 1)) sched_yield();
        vtrace_store(trace, q0, VTRACE_PART_AVAILABLE_INDEX, 0x1002, 2, (uint16_t)value);
        __atomic_store_n(index, (uint16_t)value, __ATOMIC_RELAXED);
    }
    vtrace_close(trace);
    return 0;
}

static int see_all(const char *folder, const uint16_t *index, uint16_t *seen, int count)
{
    vtrace *trace = open_journal(folder, "device", "device.*", VTRACE_ACTOR_DEVICE);
    int value;
    if (trace == NULL) return 1;
    for (value = 1; value <= count; value++) {
        while (__atomic_load_n(index, __ATOMIC_RELAXED) != (uint16_t)value) sched_yield();
        vtrace_dma_read(trace, q0, VTRACE_PART_AVAILABLE_INDEX, 0x1002, 2, (uint16_t)value);
        __atomic_store_n(seen, (uint16_t)value, __ATOMIC_RELAXED);
    }
    vtrace_close(trace);
    return 0;
}

int main(int count, char **words)
{
    uint16_t *shared = (uint16_t *)mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int status = 0;
    pid_t device;
    if (count != 4 || shared == MAP_FAILED) return 2;
    device = fork();
    if (device == 0) _exit(see_all(words[2], &shared[0], &shared[32], atoi(words[3])));
    if (store_all(words[1], &shared[0], &shared[32], atoi(words[3])) != 0) return 1;
    waitpid(device, &status, 0);
    return status == 0 ? 0 : 1;
}
