/* How one thread wakes the other: an eventfd, as between a virtual processor and a device thread. */
#ifndef PAIR_WAKE_H
#define PAIR_WAKE_H

#include <poll.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Without its barriers the pair may lose a notification, and goes on nevertheless. A thread that had no processor for so long looks alike. */
enum { PATIENCE_MS = 20 };

static inline void wake(int event)
{
    uint64_t one = 1;
    if (write(event, &one, sizeof one) < 0) _exit(70);
}

/* Waits to be woken; 0 if nobody did in time. */
static inline int await(int event)
{
    struct pollfd waiting = { event, POLLIN, 0 };
    uint64_t count;
    return poll(&waiting, 1, PATIENCE_MS) == 1 && read(event, &count, sizeof count) == (ssize_t)sizeof count;
}

#endif
