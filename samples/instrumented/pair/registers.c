/* The device's registers. The driver's thread comes here, as a virtual processor comes to its monitor. */
#include <pthread.h>
#include "device.h"
#include "ring.h"
#include "wake.h"

static const vtrace_queue no_queue = { 0, VTRACE_NONE };
static const vtrace_queue queue_0 = { 0, 0 };

static uint32_t device_features_sel, driver_features_sel, accepted[2], status, queue_size, queue_ready, area[6];
static pthread_t server;

vtrace_register register_at(uint32_t offset)
{
    vtrace_register place = { VTRACE_REGISTER_UNKNOWN, VTRACE_SPACE_MMIO, 4, VTRACE_NONE, offset, offset };
    switch (offset) {
    case MAGIC_VALUE: place.name = VTRACE_REGISTER_MAGIC_VALUE; break;
    case VERSION: place.name = VTRACE_REGISTER_VERSION; break;
    case DEVICE_ID: place.name = VTRACE_REGISTER_DEVICE_ID; break;
    case VENDOR_ID: place.name = VTRACE_REGISTER_VENDOR_ID; break;
    case DEVICE_FEATURES: place.name = VTRACE_REGISTER_DEVICE_FEATURE; break;
    case DEVICE_FEATURES_SEL: place.name = VTRACE_REGISTER_DEVICE_FEATURE_SELECT; break;
    case DRIVER_FEATURES: place.name = VTRACE_REGISTER_DRIVER_FEATURE; break;
    case DRIVER_FEATURES_SEL: place.name = VTRACE_REGISTER_DRIVER_FEATURE_SELECT; break;
    case QUEUE_SEL: place.name = VTRACE_REGISTER_QUEUE_SELECT; break;
    case QUEUE_SIZE_MAX: case QUEUE_SIZE_REGISTER: place.name = VTRACE_REGISTER_QUEUE_SIZE; break;
    case QUEUE_READY: place.name = VTRACE_REGISTER_QUEUE_ENABLE; break;
    case QUEUE_NOTIFY: place.name = VTRACE_REGISTER_QUEUE_NOTIFY; break;
    case INTERRUPT_STATUS: place.name = VTRACE_REGISTER_ISR_STATUS; break;
    case INTERRUPT_ACK: place.name = VTRACE_REGISTER_INTERRUPT_ACK; break;
    case STATUS: place.name = VTRACE_REGISTER_DEVICE_STATUS; break;
    case QUEUE_DESC_LOW: place.name = VTRACE_REGISTER_QUEUE_DESC_LOW; break;
    case QUEUE_DESC_HIGH: place.name = VTRACE_REGISTER_QUEUE_DESC_HIGH; break;
    case QUEUE_DRIVER_LOW: place.name = VTRACE_REGISTER_QUEUE_DRIVER_LOW; break;
    case QUEUE_DRIVER_HIGH: place.name = VTRACE_REGISTER_QUEUE_DRIVER_HIGH; break;
    case QUEUE_DEVICE_LOW: place.name = VTRACE_REGISTER_QUEUE_DEVICE_LOW; break;
    case QUEUE_DEVICE_HIGH: place.name = VTRACE_REGISTER_QUEUE_DEVICE_HIGH; break;
    }
    return place;
}

vtrace_queue register_queue(uint32_t offset)
{
    int is_of_queue = (offset >= QUEUE_SEL && offset <= QUEUE_READY) || (offset >= QUEUE_DESC_LOW && offset <= QUEUE_DEVICE_HIGH);
    return is_of_queue ? queue_0 : no_queue;
}

void device_begin(struct device *device)
{
    vtrace_region region = { 1, VTRACE_ORIGIN_SYSTEM_MEMORY, VTRACE_ATTRIBUTE_WRITE_BACK, false, MEMORY_BUS, sizeof memory, (uintptr_t)&memory };
    vtrace_region_mapped(device->registers, VTRACE_NONE, &region);
    vtrace_device_appeared(device->registers, 0, ENTROPY_DEVICE, "virtio-rng");
    vtrace_thread_started(device->registers, 0, "registers");
}

uint32_t device_read(struct device *device, uint32_t offset)
{
    vtrace_register place = register_at(offset);
    uint32_t value = 0;
    switch (offset) {
    case MAGIC_VALUE: value = MAGIC; break;
    case VERSION: value = 2; break;
    case DEVICE_ID: value = ENTROPY_DEVICE; break;
    case DEVICE_FEATURES: value = device_features_sel < 2 ? (uint32_t)(FEATURES >> (32 * device_features_sel)) : 0; break;
    case QUEUE_SIZE_MAX: value = QUEUE_SIZE; break;
    case QUEUE_READY: value = queue_ready; break;
    case INTERRUPT_STATUS: value = __atomic_load_n(&device->interrupt_status, __ATOMIC_RELAXED); break;
    case STATUS: value = status; break;
    }
    if (offset == DEVICE_FEATURES) vtrace_features_read(device->registers, 0, &place, (uint8_t)device_features_sel, value);
    else vtrace_register_read(device->registers, register_queue(offset), &place, value);
    return value;
}

/* Hands the queue to the thread that serves it, or takes it back from there. */
static void follow_status(struct device *device, uint32_t before)
{
    if (status & ~before & STATUS_DRIVER_OK) {
        vtrace_handover_release(device->registers, 1);
        if (pthread_create(&server, NULL, device_serve, device) != 0) _exit(70);
    } else if (status == 0 && (before & STATUS_DRIVER_OK)) {
        __atomic_store_n(&device->stopping, 1, __ATOMIC_SEQ_CST);
        wake(device->doorbell);
        pthread_join(server, NULL);
        vtrace_handover_acquire(device->registers, 2);
        queue_ready = 0;
    }
}

static void write_status(struct device *device, uint32_t value)
{
    uint32_t before = status;
    int is_refused = (value & STATUS_FEATURES_OK) && (((uint64_t)accepted[1] << 32 | accepted[0]) & ~FEATURES) != 0;
    status = is_refused ? value & ~(uint32_t)STATUS_FEATURES_OK : value;
    follow_status(device, before);
    vtrace_status_presented(device->registers, 0, (uint8_t)status);
}

void device_write(struct device *device, uint32_t offset, uint32_t value)
{
    vtrace_register place = register_at(offset);
    if (offset == QUEUE_NOTIFY) {
        vtrace_doorbell(device->registers, queue_0, VTRACE_SPACE_MMIO, offset, 4, value, 0, 0);
        wake(device->doorbell);
        return;
    }
    if (offset == DRIVER_FEATURES) vtrace_features_write(device->registers, 0, &place, (uint8_t)driver_features_sel, value);
    else vtrace_register_write(device->registers, register_queue(offset), &place, value);
    switch (offset) {
    case DEVICE_FEATURES_SEL: device_features_sel = value; break;
    case DRIVER_FEATURES_SEL: driver_features_sel = value; break;
    case DRIVER_FEATURES: if (driver_features_sel < 2) accepted[driver_features_sel] = value; break;
    case QUEUE_SIZE_REGISTER: queue_size = value; break;
    case QUEUE_READY: queue_ready = value; break;
    case QUEUE_DESC_LOW: area[0] = value; break;
    case QUEUE_DESC_HIGH: area[1] = value; break;
    case QUEUE_DRIVER_LOW: area[2] = value; break;
    case QUEUE_DRIVER_HIGH: area[3] = value; break;
    case QUEUE_DEVICE_LOW: area[4] = value; break;
    case QUEUE_DEVICE_HIGH: area[5] = value; break;
    case INTERRUPT_ACK: __atomic_fetch_and(&device->interrupt_status, ~value, __ATOMIC_RELAXED); break;
    case STATUS: write_status(device, value); break;
    }
}
