/* The device: a virtio entropy device behind virtio-mmio registers, whose queue a thread of its own serves. */
#ifndef PAIR_DEVICE_H
#define PAIR_DEVICE_H

#include "virtio_trace.h"

/* Registers of virtio-mmio (virtio 1.3 section 4.2.2). */
enum {
    MAGIC_VALUE = 0x000, VERSION = 0x004, DEVICE_ID = 0x008, VENDOR_ID = 0x00c, DEVICE_FEATURES = 0x010, DEVICE_FEATURES_SEL = 0x014,
    DRIVER_FEATURES = 0x020, DRIVER_FEATURES_SEL = 0x024, QUEUE_SEL = 0x030, QUEUE_SIZE_MAX = 0x034, QUEUE_SIZE_REGISTER = 0x038,
    QUEUE_READY = 0x044, QUEUE_NOTIFY = 0x050, INTERRUPT_STATUS = 0x060, INTERRUPT_ACK = 0x064, STATUS = 0x070,
    QUEUE_DESC_LOW = 0x080, QUEUE_DESC_HIGH = 0x084, QUEUE_DRIVER_LOW = 0x090, QUEUE_DRIVER_HIGH = 0x094,
    QUEUE_DEVICE_LOW = 0x0a0, QUEUE_DEVICE_HIGH = 0x0a4,
};

enum { STATUS_ACKNOWLEDGE = 1, STATUS_DRIVER = 2, STATUS_DRIVER_OK = 4, STATUS_FEATURES_OK = 8 };

enum { ENTROPY_DEVICE = 4, MAGIC = 0x74726976, INTERRUPT_USED_BUFFER = 1 };

#define FEATURES (UINT64_C(1) << 29 | UINT64_C(1) << 32) /* EVENT_IDX, VERSION_1 */

/* What the two threads of the device share. */
struct device {
    vtrace *registers; /* the journal of the thread that accesses registers: the driver's, as in a virtual machine */
    vtrace *queue;     /* the journal of the thread that serves the queue */
    int doorbell;      /* eventfd: the driver rang */
    int interrupt;     /* eventfd: the device interrupts */
    uint32_t interrupt_status;
    int stopping;
    uint64_t waits;    /* how often it waited for a doorbell */
    uint64_t rescued;  /* how often nobody rang in time although there was something to do */
};

/* Registers: the driver's thread executes what the device does about its accesses. */
void device_begin(struct device *device);
uint32_t device_read(struct device *device, uint32_t offset);
void device_write(struct device *device, uint32_t offset, uint32_t value);

/* How a register is recorded; a word of features is recorded as such. */
vtrace_register register_at(uint32_t offset);
vtrace_queue register_queue(uint32_t offset);

/* The thread that serves the queue. */
void *device_serve(void *device);

#endif
