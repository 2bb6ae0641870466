/* The driver: sets the device up over its registers, keeps the queue busy, resets it at the end. */
#ifndef PAIR_DRIVER_H
#define PAIR_DRIVER_H

#include "device.h"

struct driver {
    vtrace *trace;
    struct device *device;
    uint64_t publications; /* how many to make */
    uint64_t random;       /* state of the generator that decides how many at a time */
    uint64_t waits;        /* how often it waited for an interrupt */
    uint64_t rescued;      /* how often none came in time although there was something to do */
    uint64_t wrong;        /* buffers that did not hold what the device put there */
};

/* False if the device is not what the driver knows how to drive. */
bool driver_run(struct driver *driver);

#endif
