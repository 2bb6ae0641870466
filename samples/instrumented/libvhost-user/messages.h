/*
 * What the patched libvhost-user says of its conversation with the front end: each message, and what the message means in the words of
 * registers and memory regions (QEMU, docs/interop/vhost-user.rst).
 */
#ifndef MESSAGES_H
#define MESSAGES_H

#include "record.h"

static inline vtrace_queue no_queue(void)
{
    return vtrace_at(0, VTRACE_NONE);
}

/* A register of the device or of a queue, as a message says it. The space is the value's, where that is an address. */
static inline void record_register(uint8_t kind, vtrace_queue queue, uint8_t name, uint64_t value, uint8_t value_space)
{
    vtrace_record record = vtrace_event(journal, kind, VTRACE_ACTOR_DEVICE, queue);
    vtrace_set_register_name(&record, name);
    vtrace_set_value(&record, value);
    if (value_space != VTRACE_SPACE_BUS) vtrace_set_target_space(&record, value_space);
    vtrace_write(journal, &record);
}

/* A feature of the conversation, and not of the device. */
#define DEVICE_FEATURES(features) ((features) & ~(UINT64_C(1) << VHOST_USER_F_PROTOCOL_FEATURES))

static inline void record_features(uint8_t kind, uint8_t name, uint64_t features)
{
    uint8_t word;
    for (word = 0; word < 2; word++) {
        vtrace_record record = vtrace_event(journal, kind, VTRACE_ACTOR_DEVICE, no_queue());
        vtrace_set_register_name(&record, name);
        vtrace_set_feature_word(&record, word);
        vtrace_set_value(&record, (uint32_t)(DEVICE_FEATURES(features) >> (32 * word)));
        vtrace_write(journal, &record);
    }
}

/* The regions as they are recorded; a number of 0 is none. */
static struct recorded_region {
    uint16_t number;
    VhostUserMemoryRegion place;
} regions[VHOST_USER_MAX_RAM_SLOTS] __attribute__((unused));

static inline bool is_same_region(const VhostUserMemoryRegion *one, const VhostUserMemoryRegion *other)
{
    return one->guest_phys_addr == other->guest_phys_addr && one->memory_size == other->memory_size
        && one->userspace_addr == other->userspace_addr && one->mmap_offset == other->mmap_offset;
}

/* A region of guest memory: its second address is the front end's, for that is what the front end passes of rings. */
static inline void record_region(uint8_t kind, const struct recorded_region *region)
{
    vtrace_record record = vtrace_event(journal, kind, VTRACE_ACTOR_PLATFORM, vtrace_at(VTRACE_NONE, VTRACE_NONE));
    vtrace_set_region_id(&record, region->number);
    vtrace_set_address_space(&record, VTRACE_SPACE_BUS);
    vtrace_set_address(&record, region->place.guest_phys_addr);
    vtrace_set_length(&record, region->place.memory_size);
    if (kind == VTRACE_EVENT_REGION_UNMAPPED) {
        vtrace_write(journal, &record);
        return;
    }
    vtrace_set_region_origin(&record, VTRACE_ORIGIN_SYSTEM_MEMORY);
    vtrace_set_target_space(&record, VTRACE_SPACE_FRONT_END);
    vtrace_set_target(&record, region->place.userspace_addr);
    vtrace_write_note(journal, &record, "guest memory");
}

static inline void add_region(const VhostUserMemoryRegion *place)
{
    static uint16_t last_number;
    unsigned i;
    for (i = 0; i < VHOST_USER_MAX_RAM_SLOTS; i++) {
        if (regions[i].number != 0) continue;
        regions[i].number = ++last_number;
        regions[i].place = *place;
        record_region(VTRACE_EVENT_REGION_MAPPED, &regions[i]);
        return;
    }
}

static inline void remove_region(struct recorded_region *region)
{
    record_region(VTRACE_EVENT_REGION_UNMAPPED, region);
    region->number = 0;
}

static inline struct recorded_region *find_region(const VhostUserMemoryRegion *place)
{
    unsigned i;
    for (i = 0; i < VHOST_USER_MAX_RAM_SLOTS; i++) {
        if (regions[i].number != 0 && is_same_region(&regions[i].place, place)) return &regions[i];
    }
    return NULL;
}

/* A whole new table: only what changed is recorded. */
static inline void replace_regions(const VhostUserMemory *table)
{
    unsigned i, j;
    uint32_t count = table->nregions < VHOST_MEMORY_BASELINE_NREGIONS ? table->nregions : VHOST_MEMORY_BASELINE_NREGIONS;
    VhostUserMemory fresh = *table;
    for (i = 0; i < VHOST_USER_MAX_RAM_SLOTS; i++) {
        for (j = 0; j < count && !is_same_region(&regions[i].place, &fresh.regions[j]); j++) continue;
        if (regions[i].number != 0 && j == count) remove_region(&regions[i]);
    }
    for (j = 0; j < count; j++) {
        if (find_region(&fresh.regions[j]) == NULL) add_region(&fresh.regions[j]);
    }
}

/* A queue works once its kick has come and the front end has enabled it. */
static struct {
    bool is_started, is_enabled;
} turns[256] __attribute__((unused));

static inline void record_turn(unsigned queue)
{
    if (!turns[queue].is_started || !turns[queue].is_enabled) return;
    record_register(VTRACE_EVENT_REGISTER_WRITE, vtrace_at(0, (uint16_t)queue), VTRACE_REGISTER_QUEUE_ENABLE, 1, VTRACE_SPACE_BUS);
}

static inline void record_state(const VhostUserMsg *message)
{
    struct vhost_vring_state state = message->payload.state;
    vtrace_queue queue = vtrace_at(0, (uint16_t)state.index);
    if (state.index >= device->max_queues || state.index > VHOST_USER_VRING_IDX_MASK) return;
    switch (message->request) {
    case VHOST_USER_SET_VRING_NUM:
        record_register(VTRACE_EVENT_REGISTER_WRITE, queue, VTRACE_REGISTER_QUEUE_SIZE, state.num, VTRACE_SPACE_BUS);
        break;
    case VHOST_USER_SET_VRING_ENABLE:
        turns[state.index].is_enabled = state.num != 0;
        record_turn(state.index);
        break;
    default:
        turns[state.index].is_started = false;
        record_register(VTRACE_EVENT_REGISTER_WRITE, queue, VTRACE_REGISTER_QUEUE_ENABLE, 0, VTRACE_SPACE_BUS);
        break;
    }
}

static inline void record_addresses(const VhostUserMsg *message)
{
    struct vhost_vring_addr said = message->payload.addr;
    vtrace_queue queue = vtrace_at(0, (uint16_t)said.index);
    if (said.index >= device->max_queues) return;
    record_register(VTRACE_EVENT_REGISTER_WRITE, queue, VTRACE_REGISTER_QUEUE_DESC, said.desc_user_addr, VTRACE_SPACE_FRONT_END);
    record_register(VTRACE_EVENT_REGISTER_WRITE, queue, VTRACE_REGISTER_QUEUE_DRIVER, said.avail_user_addr, VTRACE_SPACE_FRONT_END);
    record_register(VTRACE_EVENT_REGISTER_WRITE, queue, VTRACE_REGISTER_QUEUE_DEVICE, said.used_user_addr, VTRACE_SPACE_FRONT_END);
}

/* Without protocol features a queue is enabled from the start. */
static inline void record_kick_descriptor(const VuDev *dev, uint64_t number)
{
    unsigned queue = number & VHOST_USER_VRING_IDX_MASK;
    if (queue >= dev->max_queues) return;
    turns[queue].is_started = true;
    if (!(dev->features >> VHOST_USER_F_PROTOCOL_FEATURES & 1)) turns[queue].is_enabled = true;
    record_turn(queue);
}

static inline void record_message(uint8_t kind, const VhostUserMsg *message)
{
    vtrace_record record = vtrace_event(journal, kind, VTRACE_ACTOR_DEVICE, no_queue());
    vtrace_set_value(&record, (uint32_t)message->request);
    vtrace_set_size(&record, message->size);
    vtrace_write_note(journal, &record, vu_request_to_string((unsigned)message->request));
}

/* A message has arrived and is about to be executed. The end of the conversation looks like request 0. */
static inline void received(const VuDev *dev, const VhostUserMsg *message)
{
    VhostUserMemoryRegion place = message->payload.memreg.region;
    struct recorded_region *gone;
    if (!vtrace_is_on(journal) || message->request == VHOST_USER_NONE) return;
    record_message(VTRACE_EVENT_MESSAGE_RECEIVED, message);
    switch (message->request) {
    case VHOST_USER_SET_FEATURES:
        record_features(VTRACE_EVENT_REGISTER_WRITE, VTRACE_REGISTER_DRIVER_FEATURE, message->payload.u64);
        break;
    case VHOST_USER_SET_MEM_TABLE:
        replace_regions(&message->payload.memory);
        break;
    case VHOST_USER_ADD_MEM_REG:
        add_region(&place);
        break;
    case VHOST_USER_REM_MEM_REG:
        gone = find_region(&place);
        if (gone != NULL) remove_region(gone);
        break;
    case VHOST_USER_SET_VRING_NUM:
    case VHOST_USER_SET_VRING_ENABLE:
    case VHOST_USER_GET_VRING_BASE:
        record_state(message);
        break;
    case VHOST_USER_SET_VRING_ADDR:
        record_addresses(message);
        break;
    case VHOST_USER_SET_VRING_KICK:
        record_kick_descriptor(dev, message->payload.u64);
        break;
    default:
        break;
    }
}

/* A reply is about to be sent. */
static inline void sending(const VuDev *dev, const VhostUserMsg *message)
{
    (void)dev;
    if (!vtrace_is_on(journal)) return;
    if (message->request == VHOST_USER_GET_FEATURES)
        record_features(VTRACE_EVENT_REGISTER_READ, VTRACE_REGISTER_DEVICE_FEATURE, message->payload.u64);
    if (message->request == VHOST_USER_GET_CONFIG)
        record_register(VTRACE_EVENT_REGISTER_READ, no_queue(), VTRACE_REGISTER_DEVICE_CONFIG, 0, VTRACE_SPACE_BUS);
    record_message(VTRACE_EVENT_MESSAGE_SENT, message);
}

/* The library cannot go on. */
static inline void failed(const char *text)
{
    vtrace_device_error(journal, no_queue(), text);
}

#endif
