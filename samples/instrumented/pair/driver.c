#include "driver.h"
#include "barriers.h"
#include "ring.h"
#include "wake.h"
#include "words.h"

static const vtrace_queue queue_0 = { 0, 0 };

static uint16_t free_head[QUEUE_SIZE];
static uint16_t free_count;
static uint16_t published, taken;
static uint64_t completed;

static uint32_t read_register(struct driver *driver, uint32_t offset)
{
    vtrace_register place = register_at(offset);
    uint32_t value = device_read(driver->device, offset);
    vtrace_register_read(driver->trace, register_queue(offset), &place, value);
    return value;
}

static void write_register(struct driver *driver, uint32_t offset, uint32_t value)
{
    vtrace_register place = register_at(offset);
    vtrace_register_write(driver->trace, register_queue(offset), &place, value);
    device_write(driver->device, offset, value);
}

static uint32_t read_features(struct driver *driver, uint8_t word)
{
    vtrace_register place = register_at(DEVICE_FEATURES);
    uint32_t value;
    write_register(driver, DEVICE_FEATURES_SEL, word);
    value = device_read(driver->device, DEVICE_FEATURES);
    vtrace_features_read(driver->trace, 0, &place, word, value);
    return value;
}

static void write_features(struct driver *driver, uint8_t word, uint32_t value)
{
    vtrace_register place = register_at(DRIVER_FEATURES);
    write_register(driver, DRIVER_FEATURES_SEL, word);
    vtrace_features_write(driver->trace, 0, &place, word, value);
    device_write(driver->device, DRIVER_FEATURES, value);
}

static void reset(struct driver *driver)
{
    write_register(driver, STATUS, 0);
    while (read_register(driver, STATUS) != 0) continue;
}

static void zero_area(struct driver *driver, uint8_t part, void *area, size_t length)
{
    vtrace_zero(driver->trace, queue_0, part, bus_of(area), length);
    memset(area, 0, length);
}

static void write_address(struct driver *driver, uint32_t low, const void *area)
{
    write_register(driver, low, (uint32_t)bus_of(area));
    write_register(driver, low + 4, (uint32_t)(bus_of(area) >> 32));
}

static void set_up_queue(struct driver *driver)
{
    write_register(driver, QUEUE_SEL, 0);
    read_register(driver, QUEUE_SIZE_MAX);
    write_register(driver, QUEUE_SIZE_REGISTER, QUEUE_SIZE);
    zero_area(driver, VTRACE_PART_DESCRIPTOR_AREA, memory.descriptor, sizeof memory.descriptor);
    zero_area(driver, VTRACE_PART_DRIVER_AREA, &memory.available, 6 + 2 * QUEUE_SIZE);
    zero_area(driver, VTRACE_PART_DEVICE_AREA, &memory.used, 6 + 8 * QUEUE_SIZE);
    write_address(driver, QUEUE_DESC_LOW, memory.descriptor);
    write_address(driver, QUEUE_DRIVER_LOW, &memory.available);
    write_address(driver, QUEUE_DEVICE_LOW, &memory.used);
    write_register(driver, QUEUE_READY, 1);
}

/* The steps of virtio 1.3 section 3.1.1. */
static bool initialise(struct driver *driver)
{
    uint64_t offered;
    if (read_register(driver, MAGIC_VALUE) != MAGIC || read_register(driver, VERSION) != 2) return false;
    if (read_register(driver, DEVICE_ID) != ENTROPY_DEVICE) return false;
    reset(driver);
    write_register(driver, STATUS, STATUS_ACKNOWLEDGE);
    write_register(driver, STATUS, STATUS_ACKNOWLEDGE | STATUS_DRIVER);
    offered = read_features(driver, 0);
    offered |= (uint64_t)read_features(driver, 1) << 32;
    write_features(driver, 0, (uint32_t)(offered & FEATURES));
    write_features(driver, 1, (uint32_t)((offered & FEATURES) >> 32));
    write_register(driver, STATUS, STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK);
    if ((offered & FEATURES) != FEATURES || !(read_register(driver, STATUS) & STATUS_FEATURES_OK)) return false;
    set_up_queue(driver);
    write_register(driver, STATUS, STATUS_ACKNOWLEDGE | STATUS_DRIVER | STATUS_FEATURES_OK | STATUS_DRIVER_OK);
    return true;
}

static void add_buffer(struct driver *driver)
{
    uint16_t head = free_head[--free_count];
    uint16_t slot = published % QUEUE_SIZE;
    struct descriptor buffer = { bus_of(memory.buffer[head]), BUFFER_BYTES, DESCRIPTOR_WRITE, 0 };
    vtrace_store_descriptor(driver->trace, queue_0, VTRACE_PART_DESCRIPTOR, head, bus_of(&memory.descriptor[head]), head,
        buffer.address, buffer.length, buffer.flags, buffer.next);
    memory.descriptor[head] = buffer;
    vtrace_store_available_entry(driver->trace, queue_0, slot, bus_of(&memory.available.entry[slot]), head);
    __atomic_store_n(&memory.available.entry[slot], head, __ATOMIC_RELAXED);
}

/* Makes one buffer available and rings if the device asked for it (sections 2.7.13 and 2.7.13.4). */
static void publish(struct driver *driver)
{
    uint16_t before = published;
    uint16_t asked;
    add_buffer(driver);
    release_barrier(driver->trace, queue_0, S1);
    store_word(driver->trace, queue_0, VTRACE_PART_AVAILABLE_INDEX, &memory.available.index, ++published);
    full_barrier(driver->trace, queue_0, S2);
    asked = load_word(driver->trace, queue_0, VTRACE_PART_AVAILABLE_EVENT, &memory.used.available_event);
    if (!has_passed(asked, published, before)) return;
    vtrace_doorbell(driver->trace, queue_0, VTRACE_SPACE_MMIO, QUEUE_NOTIFY, 4, 0, VTRACE_ORDERING_RELEASE, VTRACE_DOMAIN_SMP);
    device_write(driver->device, QUEUE_NOTIFY, 0);
}

static void take_one(struct driver *driver)
{
    uint16_t slot = taken++ % QUEUE_SIZE;
    uint32_t id = __atomic_load_n(&memory.used.entry[slot].id, __ATOMIC_RELAXED);
    uint32_t length = __atomic_load_n(&memory.used.entry[slot].length, __ATOMIC_RELAXED);
    uint64_t got;
    vtrace_load_used_entry(driver->trace, queue_0, slot, bus_of(&memory.used.entry[slot]), id, length);
    got = __atomic_load_n(&memory.buffer[id % QUEUE_SIZE][0], __ATOMIC_RELAXED);
    vtrace_load_payload(driver->trace, queue_0, bus_of(memory.buffer[id % QUEUE_SIZE]), sizeof got, (uint16_t)id);
    driver->wrong += got != completed++;
    free_head[free_count++] = (uint16_t)(id % QUEUE_SIZE);
}

static void acknowledge_interrupt(struct driver *driver)
{
    vtrace_interrupt(driver->trace, queue_0, VTRACE_NONE, 0, 0);
    write_register(driver, INTERRUPT_ACK, read_register(driver, INTERRUPT_STATUS));
}

/* Asks to be told, looks once more, and waits if there is nothing (section 2.7.7.1). */
static void wait_for_used(struct driver *driver)
{
    store_word(driver->trace, queue_0, VTRACE_PART_USED_EVENT, &memory.available.used_event, taken);
    full_barrier(driver->trace, queue_0, S4);
    if (load_word(driver->trace, queue_0, VTRACE_PART_USED_INDEX, &memory.used.index) != taken) return;
    driver->waits++;
    if (await(driver->device->interrupt)) acknowledge_interrupt(driver);
    else if (__atomic_load_n(&memory.used.index, __ATOMIC_RELAXED) != taken) driver->rescued++;
}

/* Takes what was used until no more than `left` buffers are with the device. */
static void collect(struct driver *driver, uint16_t left)
{
    while ((uint16_t)(published - taken) > left) {
        uint16_t index = load_word(driver->trace, queue_0, VTRACE_PART_USED_INDEX, &memory.used.index);
        if (index == taken) {
            wait_for_used(driver);
            continue;
        }
        acquire_barrier(driver->trace, queue_0, S3);
        while (taken != index) take_one(driver);
        acquire_barrier(driver->trace, queue_0, S5);
    }
}

/* A number from 1 to `most`, the same for the same seed. */
static uint16_t draw(struct driver *driver, uint16_t most)
{
    driver->random ^= driver->random << 13;
    driver->random ^= driver->random >> 7;
    driver->random ^= driver->random << 17;
    return (uint16_t)(driver->random % most + 1);
}

bool driver_run(struct driver *driver)
{
    uint64_t left = driver->publications;
    vtrace_thread_started(driver->trace, 0, "driver");
    while (free_count < QUEUE_SIZE) {
        free_head[free_count] = (uint16_t)(QUEUE_SIZE - 1 - free_count);
        free_count++;
    }
    if (!initialise(driver)) return false;
    while (left > 0) {
        uint16_t burst = draw(driver, 64);
        for (; burst > 0 && left > 0 && free_count > 0; burst--, left--) publish(driver);
        collect(driver, draw(driver, 4) == 1 ? QUEUE_SIZE / 2 : 0);
    }
    collect(driver, 0);
    reset(driver);
    return true;
}
