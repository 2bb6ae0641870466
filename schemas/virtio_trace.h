/*
 * virtio_trace.h: a virtio device or driver in C or C++ records what it does, and `analyzer check` judges it.
 * Schema 1.0. Printed by `analyzer schema --format c`; do not edit it by hand. docs/instrumenting.md has a tour.
 *
 *   vtrace_options options = { 0 };
 *   options.folder = "run.journals";         one folder for one run, shared by all of its threads and processes
 *   options.source = "device-queue-0";       one source, and one journal, for each thread that records
 *   options.sees = "device.*";               what this source records completely; nothing may be concluded from the rest
 *   options.actor = VTRACE_ACTOR_DEVICE;
 *   vtrace *trace = vtrace_open(&options);   null on failure, with errno; every function takes null and does nothing
 *
 * and, when it is over or was killed,   capture recover run.journals -o run.parquet && analyzer check run.parquet
 *
 * Rules of recording:
 *   - A store, a DMA write, a doorbell and an interrupt are recorded BEFORE they are made, a load and a DMA read AFTER.
 *     So whoever saw a store stands behind it in the run.
 *   - A barrier is recorded where it is executed; before or after it makes no difference.
 *   - One thread writes to one journal. A signal handler must not record into the journal of the thread that it interrupts,
 *     and a child process must not go on with its parent's.
 *
 * What recording adds to the recorded program, besides reading the clock: eight plain stores to memory of its own, and a
 * barrier for the compiler. No fence, no locked operation, no system call, no allocation; none on any processor. The clock is
 * clock_gettime(CLOCK_MONOTONIC): see VTRACE_NOW. Each time a segment is full, the thread that fills it makes the next one: some
 * system calls, about a millisecond for a MiB. Where that matters, vtrace_prepare() does it beforehand, at a moment of your choice.
 *
 * Compiled with VIRTIO_TRACE_OFF defined, nothing is left of it. Compiled in, with a null journal, a call is one branch.
 *
 * Needs Linux, a little-endian 64-bit processor, GCC or Clang, C11 or C++11; no library but libc.
 */
#ifndef VIRTIO_TRACE_H
#define VIRTIO_TRACE_H

#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE 1
#endif

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>
#if defined(__aarch64__)
#include <sys/auxv.h>
#endif

#if !defined(CLOCK_MONOTONIC)
#error "virtio_trace.h: include it first, or define _DEFAULT_SOURCE before the first include"
#endif
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__ || UINTPTR_MAX < UINT64_MAX
#error "virtio_trace.h: a journal is little-endian, and its writer 64 bits wide"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Names: what an event may say -------------------------------------------------------------------------------- */

/* What happened. */
enum vtrace_event_kind {
    /* Events of this source are missing from here on: value = how many, null = unknown. The reason is the note. */
    VTRACE_EVENT_LOSS = 1,
    /* State that was already there when recording began, in the columns of the event that would have made it; the note names that event's kind. */
    VTRACE_EVENT_SNAPSHOT = 2,
    /* This part of the run goes on where the part before it ended. */
    VTRACE_EVENT_CONTINUED = 3,
    /* More of the note of the event before it. Exists in journals only. */
    VTRACE_EVENT_CONTINUATION = 4,
    /* An execution context begins to record; the note is its name. */
    VTRACE_EVENT_THREAD_STARTED = 5,
    /* A remark of the producer. */
    VTRACE_EVENT_REMARK = 6,
    /* A device becomes visible: value = virtio device type, note = its name. */
    VTRACE_EVENT_DEVICE_APPEARED = 10,
    /* A device is gone, with or without a reset. */
    VTRACE_EVENT_DEVICE_REMOVED = 11,
    /* A region is mapped: address = first bus address, target = first processor address, slot = BAR number where it lies in one. Device null = system memory. */
    VTRACE_EVENT_REGION_MAPPED = 12,
    /* A region is no longer mapped at this place. */
    VTRACE_EVENT_REGION_UNMAPPED = 13,
    /* An IOMMU mapping is made: address = IOVA, target = bus address. */
    VTRACE_EVENT_IOMMU_MAPPED = 14,
    /* An IOMMU mapping is removed. */
    VTRACE_EVENT_IOMMU_UNMAPPED = 15,
    /* The IOMMU translated for a device: address = IOVA page, target = its bus address. Mapping information, not an access. */
    VTRACE_EVENT_IOMMU_TRANSLATED = 16,
    /* The IOMMU passed one access of a device: address = exact start; length and direction only where they are known. */
    VTRACE_EVENT_IOMMU_ACCESSED = 17,
    /* The IOMMU refused an access of a device. */
    VTRACE_EVENT_IOMMU_FAULTED = 18,
    /* A virtio structure capability of a PCI function: value = cfg_type, slot = BAR, address = offset into it, length = the structure's, register_offset = the capability's place in configuration space. */
    VTRACE_EVENT_CAPABILITY = 30,
    /* A transport register was read; value = what was returned. */
    VTRACE_EVENT_REGISTER_READ = 31,
    /* A transport register was written. Where value is an address of another space than bus, target_space says which. */
    VTRACE_EVENT_REGISTER_WRITE = 32,
    /* From here on the device presents this device status. */
    VTRACE_EVENT_STATUS_PRESENTED = 33,
    /* Available buffer notification, by a register write or an eventfd; value = what was written. */
    VTRACE_EVENT_DOORBELL = 34,
    /* Device to driver notification: slot = MSI-X vector (null = INTx or eventfd), address and value = the message. Queue null = configuration change. */
    VTRACE_EVENT_INTERRUPT = 35,
    /* A message of a vhost-user or similar conversation was sent; value = its request number. */
    VTRACE_EVENT_MESSAGE_SENT = 36,
    /* A message of a vhost-user or similar conversation was received; value = its request number. */
    VTRACE_EVENT_MESSAGE_RECEIVED = 37,
    /* The device met something that it cannot serve and gave up on the queue; the note says what was seen and what was expected. */
    VTRACE_EVENT_DEVICE_ERROR = 38,
    /* The driver loaded from memory that the device can reach. */
    VTRACE_EVENT_LOAD = 50,
    /* The driver stored to memory that the device can reach. */
    VTRACE_EVENT_STORE = 51,
    /* The device read memory. */
    VTRACE_EVENT_DMA_READ = 52,
    /* The device wrote memory. Interrupt messages are interrupt events, not these. */
    VTRACE_EVENT_DMA_WRITE = 53,
    /* A fence; ordering and ordering_domain say which. The note may name its call site. */
    VTRACE_EVENT_BARRIER = 54,
    /* The driver obtained memory for the device: a DMA mapping, a bounce slot, or ring memory (part says which). address = bus address, target = original buffer where there is one. */
    VTRACE_EVENT_MAP = 55,
    /* The driver gave that memory up: from here on it may be used for anything else. */
    VTRACE_EVENT_UNMAP = 56,
    /* The driver copied between a bounce slot (address) and the original buffer (target). */
    VTRACE_EVENT_BOUNCE_COPY = 57,
    /* This thread hands over to another: everything before is visible to whoever acquires sync_id. */
    VTRACE_EVENT_HANDOVER_RELEASE = 58,
    /* This thread takes over what was released under sync_id. */
    VTRACE_EVENT_HANDOVER_ACQUIRE = 59,
};

/* Who did it. */
enum vtrace_actor {
    VTRACE_ACTOR_DRIVER = 0,
    VTRACE_ACTOR_DEVICE = 1,
    VTRACE_ACTOR_PLATFORM = 2,
    VTRACE_ACTOR_RECORDER = 3,
};

/* The structure touched. */
enum vtrace_part {
    VTRACE_PART_UNKNOWN = 0,
    VTRACE_PART_DESCRIPTOR = 1,
    VTRACE_PART_INDIRECT_DESCRIPTOR = 2,
    VTRACE_PART_AVAILABLE_FLAGS = 3,
    VTRACE_PART_AVAILABLE_INDEX = 4,
    VTRACE_PART_AVAILABLE_ENTRY = 5,
    VTRACE_PART_USED_EVENT = 6,
    VTRACE_PART_USED_FLAGS = 7,
    VTRACE_PART_USED_INDEX = 8,
    VTRACE_PART_USED_ENTRY = 9,
    VTRACE_PART_AVAILABLE_EVENT = 10,
    VTRACE_PART_PACKED_DESCRIPTOR = 11,
    VTRACE_PART_DRIVER_EVENT = 12,
    VTRACE_PART_DEVICE_EVENT = 13,
    VTRACE_PART_PAYLOAD = 14,
    VTRACE_PART_DESCRIPTOR_AREA = 15,
    VTRACE_PART_DRIVER_AREA = 16,
    VTRACE_PART_DEVICE_AREA = 17,
    VTRACE_PART_INDIRECT_TABLE = 18,
    VTRACE_PART_INTERRUPT_MESSAGE = 19,
};

/* The space in which an address has its meaning. */
enum vtrace_space {
    VTRACE_SPACE_BUS = 0,
    VTRACE_SPACE_CPU = 1,
    VTRACE_SPACE_IOVA = 2,
    VTRACE_SPACE_REGION = 3,
    VTRACE_SPACE_BAR = 4,
    VTRACE_SPACE_FRONT_END = 5,
    VTRACE_SPACE_PCI_CONFIG = 6,
    VTRACE_SPACE_IO = 7,
    VTRACE_SPACE_MMIO = 8,
};

/* Transport registers. */
enum vtrace_register_name {
    VTRACE_REGISTER_UNKNOWN = 0,
    VTRACE_REGISTER_DEVICE_FEATURE_SELECT = 1,
    VTRACE_REGISTER_DEVICE_FEATURE = 2,
    VTRACE_REGISTER_DRIVER_FEATURE_SELECT = 3,
    VTRACE_REGISTER_DRIVER_FEATURE = 4,
    VTRACE_REGISTER_CONFIG_MSIX_VECTOR = 5,
    VTRACE_REGISTER_NUM_QUEUES = 6,
    VTRACE_REGISTER_DEVICE_STATUS = 7,
    VTRACE_REGISTER_CONFIG_GENERATION = 8,
    VTRACE_REGISTER_QUEUE_SELECT = 9,
    VTRACE_REGISTER_QUEUE_SIZE = 10,
    VTRACE_REGISTER_QUEUE_MSIX_VECTOR = 11,
    VTRACE_REGISTER_QUEUE_ENABLE = 12,
    VTRACE_REGISTER_QUEUE_NOTIFY_OFF = 13,
    VTRACE_REGISTER_QUEUE_DESC = 14,
    VTRACE_REGISTER_QUEUE_DESC_LOW = 15,
    VTRACE_REGISTER_QUEUE_DESC_HIGH = 16,
    VTRACE_REGISTER_QUEUE_DRIVER = 17,
    VTRACE_REGISTER_QUEUE_DRIVER_LOW = 18,
    VTRACE_REGISTER_QUEUE_DRIVER_HIGH = 19,
    VTRACE_REGISTER_QUEUE_DEVICE = 20,
    VTRACE_REGISTER_QUEUE_DEVICE_LOW = 21,
    VTRACE_REGISTER_QUEUE_DEVICE_HIGH = 22,
    VTRACE_REGISTER_QUEUE_NOTIF_CONFIG_DATA = 23,
    VTRACE_REGISTER_QUEUE_RESET = 24,
    VTRACE_REGISTER_ADMIN_QUEUE_INDEX = 25,
    VTRACE_REGISTER_ADMIN_QUEUE_NUM = 26,
    VTRACE_REGISTER_QUEUE_PAGE_FRAME = 27,
    VTRACE_REGISTER_GUEST_PAGE_SIZE = 28,
    VTRACE_REGISTER_QUEUE_ALIGN = 29,
    VTRACE_REGISTER_QUEUE_NOTIFY = 30,
    VTRACE_REGISTER_ISR_STATUS = 31,
    VTRACE_REGISTER_INTERRUPT_ACK = 32,
    VTRACE_REGISTER_DEVICE_CONFIG = 33,
    VTRACE_REGISTER_MAGIC_VALUE = 34,
    VTRACE_REGISTER_VERSION = 35,
    VTRACE_REGISTER_DEVICE_ID = 36,
    VTRACE_REGISTER_VENDOR_ID = 37,
    VTRACE_REGISTER_SHARED_MEMORY = 38,
    VTRACE_REGISTER_PCI_COMMAND = 39,
    VTRACE_REGISTER_PCI_BAR = 40,
    VTRACE_REGISTER_PCI_CAPABILITY = 41,
    VTRACE_REGISTER_PCI_CONFIG = 42,
    VTRACE_REGISTER_MSIX_TABLE = 43,
    VTRACE_REGISTER_MSIX_CONTROL = 44,
};

/* What a barrier orders, or an access besides being one. 0 = a plain access. */
enum vtrace_ordering {
    VTRACE_ORDERING_LOAD = 1,
    VTRACE_ORDERING_STORE = 2,
    VTRACE_ORDERING_FULL = 3,
    VTRACE_ORDERING_ACQUIRE = 4,
    VTRACE_ORDERING_RELEASE = 5,
};

/* How far that reaches. 0 with a plain access. */
enum vtrace_domain {
    VTRACE_DOMAIN_COMPILER = 1,
    VTRACE_DOMAIN_SMP = 2,
    VTRACE_DOMAIN_DMA = 3,
    VTRACE_DOMAIN_MMIO = 4,
};

/* Which way a mapping or copy moves data. */
enum vtrace_direction {
    VTRACE_DIRECTION_TO_DEVICE = 1,
    VTRACE_DIRECTION_FROM_DEVICE = 2,
    VTRACE_DIRECTION_BIDIRECTIONAL = 3,
};

/* How the driver's processor maps a region. */
enum vtrace_attribute {
    VTRACE_ATTRIBUTE_WRITE_BACK = 1,
    VTRACE_ATTRIBUTE_WRITE_COMBINING = 2,
    VTRACE_ATTRIBUTE_UNCACHED = 3,
};

/* How the recording knows of a region. */
enum vtrace_origin {
    VTRACE_ORIGIN_SYSTEM_MEMORY = 1,
    VTRACE_ORIGIN_CAPABILITY = 2,
    VTRACE_ORIGIN_BAR = 3,
    VTRACE_ORIGIN_DEVICE_TREE = 4,
    VTRACE_ORIGIN_DECLARED = 5,
    VTRACE_ORIGIN_PREFERRED = 6,
};

/* ---- The record: where each column lies -------------------------------------------------------------------------- */

/* One event: 64 bytes. Probes make it word by word, so that it never leaves the processor's registers until it is written. */
typedef struct vtrace_record {
    uint64_t word[8];
} vtrace_record;

/* No device, no queue, no vector. */
#define VTRACE_NONE UINT16_C(0xffff)

#define VTRACE_WORD_SOURCE_SEQUENCE 1
#define VTRACE_SHIFT_SOURCE_SEQUENCE 0
#define VTRACE_WORD_TIME_NS 0
#define VTRACE_SHIFT_TIME_NS 0
#define VTRACE_WORD_ACTOR 2
#define VTRACE_SHIFT_ACTOR 24
#define VTRACE_WORD_THREAD 2
#define VTRACE_SHIFT_THREAD 0
#define VTRACE_WORD_DEVICE 1
#define VTRACE_SHIFT_DEVICE 32
#define VTRACE_WORD_QUEUE 1
#define VTRACE_SHIFT_QUEUE 48
#define VTRACE_WORD_EVENT 2
#define VTRACE_SHIFT_EVENT 16
#define VTRACE_WORD_PART 2
#define VTRACE_SHIFT_PART 32
#define VTRACE_WORD_ADDRESS_SPACE 2
#define VTRACE_SHIFT_ADDRESS_SPACE 48
#define VTRACE_WORD_ADDRESS 3
#define VTRACE_SHIFT_ADDRESS 0
#define VTRACE_WORD_LENGTH 5
#define VTRACE_SHIFT_LENGTH 0
#define VTRACE_WORD_VALUE 4
#define VTRACE_SHIFT_VALUE 0
#define VTRACE_WORD_SLOT 6
#define VTRACE_SHIFT_SLOT 0
#define VTRACE_WORD_HEAD 6
#define VTRACE_SHIFT_HEAD 16
#define VTRACE_WORD_TARGET_SPACE 2
#define VTRACE_SHIFT_TARGET_SPACE 48
#define VTRACE_WORD_TARGET 4
#define VTRACE_SHIFT_TARGET 0
#define VTRACE_WORD_SIZE 6
#define VTRACE_SHIFT_SIZE 32
#define VTRACE_WORD_FLAGS 7
#define VTRACE_SHIFT_FLAGS 0
#define VTRACE_WORD_NEXT_SLOT 7
#define VTRACE_SHIFT_NEXT_SLOT 16
#define VTRACE_WORD_REGISTER_NAME 7
#define VTRACE_SHIFT_REGISTER_NAME 0
#define VTRACE_WORD_REGISTER_OFFSET 6
#define VTRACE_SHIFT_REGISTER_OFFSET 32
#define VTRACE_WORD_WIDTH 6
#define VTRACE_SHIFT_WIDTH 16
#define VTRACE_WORD_FEATURE_WORD 6
#define VTRACE_SHIFT_FEATURE_WORD 24
#define VTRACE_WORD_ORDERING 2
#define VTRACE_SHIFT_ORDERING 40
#define VTRACE_WORD_ORDERING_DOMAIN 2
#define VTRACE_SHIFT_ORDERING_DOMAIN 40
#define VTRACE_WORD_SYNC_ID 4
#define VTRACE_SHIFT_SYNC_ID 0
#define VTRACE_WORD_MAPPING_ID 6
#define VTRACE_SHIFT_MAPPING_ID 32
#define VTRACE_WORD_DIRECTION 7
#define VTRACE_SHIFT_DIRECTION 0
#define VTRACE_WORD_REGION_ID 6
#define VTRACE_SHIFT_REGION_ID 16
#define VTRACE_WORD_REGION_ATTRIBUTE 7
#define VTRACE_SHIFT_REGION_ATTRIBUTE 0
#define VTRACE_WORD_REGION_ORIGIN 7
#define VTRACE_SHIFT_REGION_ORIGIN 8
#define VTRACE_WORD_REGION_SHARED 7
#define VTRACE_SHIFT_REGION_SHARED 16
#define VTRACE_WORD_DIGEST 4
#define VTRACE_SHIFT_DIGEST 0
#define VTRACE_WORD_STATE 2
#define VTRACE_SHIFT_STATE 56
#define VTRACE_WORD_PRESENCE 7
#define VTRACE_SHIFT_PRESENCE 32

#define VTRACE_HAS_PART (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 21))
#define VTRACE_HAS_ADDRESS (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 0))
#define VTRACE_HAS_LENGTH (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 1))
#define VTRACE_HAS_VALUE (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 2))
#define VTRACE_HAS_SLOT (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 3))
#define VTRACE_HAS_HEAD (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 4))
#define VTRACE_HAS_TARGET (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 5))
#define VTRACE_HAS_SIZE (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 6))
#define VTRACE_HAS_FLAGS (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 7))
#define VTRACE_HAS_NEXT_SLOT (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 8))
#define VTRACE_HAS_REGISTER_NAME (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 9))
#define VTRACE_HAS_REGISTER_OFFSET (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 10))
#define VTRACE_HAS_WIDTH (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 11))
#define VTRACE_HAS_FEATURE_WORD (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 12))
#define VTRACE_HAS_SYNC_ID (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 13))
#define VTRACE_HAS_MAPPING_ID (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 14))
#define VTRACE_HAS_DIRECTION (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 15))
#define VTRACE_HAS_REGION_ID (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 16))
#define VTRACE_HAS_REGION_ATTRIBUTE (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 17))
#define VTRACE_HAS_REGION_ORIGIN (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 18))
#define VTRACE_HAS_REGION_SHARED (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 19))
#define VTRACE_HAS_DIGEST (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 20))
#define VTRACE_HAS_NOTE (UINT64_C(1) << (VTRACE_SHIFT_PRESENCE + 22))

/* Thread and actor in their word: what a note's records have from their event. */
#define VTRACE_MASK_OF_ORIGIN (UINT64_C(0xffff) << VTRACE_SHIFT_THREAD | UINT64_C(0xff) << VTRACE_SHIFT_ACTOR)

#define VTRACE_UNKNOWN_TIME INT64_MIN
#define VTRACE_COMMIT_MARK UINT64_C(0x80)

/* Each sets a column that the record does not have yet. Columns that share their bytes exclude one another. */

/* The structure touched. */
static inline void vtrace_set_part(vtrace_record *record, uint8_t part)
{
    record->word[VTRACE_WORD_PART] |= (uint64_t)part << VTRACE_SHIFT_PART;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_PART;
}

/* The space of address. */
static inline void vtrace_set_address_space(vtrace_record *record, uint8_t address_space)
{
    record->word[VTRACE_WORD_ADDRESS_SPACE] |= ((uint64_t)address_space + 1) << VTRACE_SHIFT_ADDRESS_SPACE;
}

/* Where: first byte. */
static inline void vtrace_set_address(vtrace_record *record, uint64_t address)
{
    record->word[VTRACE_WORD_ADDRESS] |= (uint64_t)address << VTRACE_SHIFT_ADDRESS;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_ADDRESS;
}

/* How many bytes. Null if unknown. */
static inline void vtrace_set_length(vtrace_record *record, uint64_t length)
{
    record->word[VTRACE_WORD_LENGTH] |= (uint64_t)length << VTRACE_SHIFT_LENGTH;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_LENGTH;
}

/* What was read or written, where it fits 8 bytes (little-endian). */
static inline void vtrace_set_value(vtrace_record *record, uint64_t value)
{
    record->word[VTRACE_WORD_VALUE] |= (uint64_t)value << VTRACE_SHIFT_VALUE;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_VALUE;
}

/* Entry of the structure touched; BAR number or interrupt vector where the event's kind says so. */
static inline void vtrace_set_slot(vtrace_record *record, uint16_t slot)
{
    record->word[VTRACE_WORD_SLOT] |= (uint64_t)slot << VTRACE_SHIFT_SLOT;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_SLOT;
}

/* Head of the chain that the actor says it is working on. A claim, not evidence. */
static inline void vtrace_set_head(vtrace_record *record, uint16_t head)
{
    record->word[VTRACE_WORD_HEAD] |= (uint64_t)head << VTRACE_SHIFT_HEAD;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_HEAD;
}

/* The space of target. */
static inline void vtrace_set_target_space(vtrace_record *record, uint8_t target_space)
{
    record->word[VTRACE_WORD_TARGET_SPACE] |= ((uint64_t)target_space + 1) << 4 << VTRACE_SHIFT_TARGET_SPACE;
}

/* A second address: a descriptor's addr, the original of a bounce copy, the other side of a mapping. */
static inline void vtrace_set_target(vtrace_record *record, uint64_t target)
{
    record->word[VTRACE_WORD_TARGET] |= (uint64_t)target << VTRACE_SHIFT_TARGET;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_TARGET;
}

/* A descriptor's len or a used element's len, in bytes. */
static inline void vtrace_set_size(vtrace_record *record, uint32_t size)
{
    record->word[VTRACE_WORD_SIZE] |= (uint64_t)size << VTRACE_SHIFT_SIZE;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_SIZE;
}

/* A descriptor's flags. */
static inline void vtrace_set_flags(vtrace_record *record, uint16_t flags)
{
    record->word[VTRACE_WORD_FLAGS] |= (uint64_t)flags << VTRACE_SHIFT_FLAGS;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_FLAGS;
}

/* The descriptor's linking field: a split descriptor's next, a packed descriptor's buffer id. */
static inline void vtrace_set_next_slot(vtrace_record *record, uint16_t next_slot)
{
    record->word[VTRACE_WORD_NEXT_SLOT] |= (uint64_t)next_slot << VTRACE_SHIFT_NEXT_SLOT;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_NEXT_SLOT;
}

/* The transport register, decoded. */
static inline void vtrace_set_register_name(vtrace_record *record, uint8_t register_name)
{
    record->word[VTRACE_WORD_REGISTER_NAME] |= (uint64_t)register_name << VTRACE_SHIFT_REGISTER_NAME;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_REGISTER_NAME;
}

/* The register's byte offset in its structure. */
static inline void vtrace_set_register_offset(vtrace_record *record, uint32_t register_offset)
{
    record->word[VTRACE_WORD_REGISTER_OFFSET] |= (uint64_t)register_offset << VTRACE_SHIFT_REGISTER_OFFSET;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_REGISTER_OFFSET;
}

/* Width of a register access, in bytes. */
static inline void vtrace_set_width(vtrace_record *record, uint8_t width)
{
    record->word[VTRACE_WORD_WIDTH] |= (uint64_t)width << VTRACE_SHIFT_WIDTH;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_WIDTH;
}

/* Which 32-bit word of the feature set value is: 0 = bits 0 to 31. */
static inline void vtrace_set_feature_word(vtrace_record *record, uint8_t feature_word)
{
    record->word[VTRACE_WORD_FEATURE_WORD] |= (uint64_t)feature_word << VTRACE_SHIFT_FEATURE_WORD;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_FEATURE_WORD;
}

/* What a barrier orders, or what an access orders besides being one. Null = a plain access. */
static inline void vtrace_set_ordering(vtrace_record *record, uint8_t ordering)
{
    record->word[VTRACE_WORD_ORDERING] |= (uint64_t)ordering << VTRACE_SHIFT_ORDERING;
}

/* How far that ordering reaches. */
static inline void vtrace_set_ordering_domain(vtrace_record *record, uint8_t ordering_domain)
{
    record->word[VTRACE_WORD_ORDERING_DOMAIN] |= (uint64_t)ordering_domain << 4 << VTRACE_SHIFT_ORDERING_DOMAIN;
}

/* Pairs a hand-over's release with its acquire. */
static inline void vtrace_set_sync_id(vtrace_record *record, uint64_t sync_id)
{
    record->word[VTRACE_WORD_SYNC_ID] |= (uint64_t)sync_id << VTRACE_SHIFT_SYNC_ID;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_SYNC_ID;
}

/* Names one mapping from map to unmap. */
static inline void vtrace_set_mapping_id(vtrace_record *record, uint32_t mapping_id)
{
    record->word[VTRACE_WORD_MAPPING_ID] |= (uint64_t)mapping_id << VTRACE_SHIFT_MAPPING_ID;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_MAPPING_ID;
}

/* Which way a mapping or copy moves data. */
static inline void vtrace_set_direction(vtrace_record *record, uint8_t direction)
{
    record->word[VTRACE_WORD_DIRECTION] |= (uint64_t)direction << VTRACE_SHIFT_DIRECTION;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_DIRECTION;
}

/* Names one region from region_mapped to region_unmapped. */
static inline void vtrace_set_region_id(vtrace_record *record, uint16_t region_id)
{
    record->word[VTRACE_WORD_REGION_ID] |= (uint64_t)region_id << VTRACE_SHIFT_REGION_ID;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_REGION_ID;
}

/* How the driver's processor maps the region. */
static inline void vtrace_set_region_attribute(vtrace_record *record, uint8_t region_attribute)
{
    record->word[VTRACE_WORD_REGION_ATTRIBUTE] |= (uint64_t)region_attribute << VTRACE_SHIFT_REGION_ATTRIBUTE;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_REGION_ATTRIBUTE;
}

/* How the recording knows of the region. */
static inline void vtrace_set_region_origin(vtrace_record *record, uint8_t region_origin)
{
    record->word[VTRACE_WORD_REGION_ORIGIN] |= (uint64_t)region_origin << VTRACE_SHIFT_REGION_ORIGIN;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_REGION_ORIGIN;
}

/* Whether several devices may use the region. */
static inline void vtrace_set_region_shared(vtrace_record *record, bool region_shared)
{
    record->word[VTRACE_WORD_REGION_SHARED] |= (uint64_t)region_shared << VTRACE_SHIFT_REGION_SHARED;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_REGION_SHARED;
}

/* Keyed digest of the bytes moved. */
static inline void vtrace_set_digest(vtrace_record *record, uint64_t digest)
{
    record->word[VTRACE_WORD_DIGEST] |= (uint64_t)digest << VTRACE_SHIFT_DIGEST;
    record->word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_DIGEST;
}
/* ---- The journal: one file for each thread that records ---------------------------------------------------------- */

#define VTRACE_SCHEMA_VERSION "1.0"
#define VTRACE_DEFAULT_PROFILE "swiotlb-rfc1"
#define VTRACE_SCHEMA_MAJOR 1
#define VTRACE_SCHEMA_MINOR 0
#define VTRACE_FORMAT_VERSION 1
#define VTRACE_MAGIC UINT64_C(0x4c4e524a54524956)
#define VTRACE_END_MARK UINT64_C(0x2e646e6520656874)
#define VTRACE_END_MARK_OFFSET 40
#define VTRACE_EVENTS_OFFSET 48
#define VTRACE_LOST_OFFSET 56
#define VTRACE_TEXT_OFFSET 64
#define VTRACE_CHECKED_BYTES 32
#define VTRACE_SEGMENT_MAGIC UINT64_C(0x544d4753)
#define VTRACE_PAGE_BYTES 4096
#define VTRACE_MIN_SEGMENT_BYTES 16384
#define VTRACE_MAX_SEGMENT_BYTES 67108864
#define VTRACE_RECORDS_KEPT_FOR_LOSS 5
#define VTRACE_NOTE_OFFSET 24
#define VTRACE_NOTE_BYTES 36
#define VTRACE_MAX_NOTE_BYTES 3600

/*
 * The time of an event, in nanoseconds. Another clock needs the same one in all sources of a run, and options.clock_name.
 * On x86-64 the kernel's vDSO reads the time stamp counter behind an LFENCE or by RDTSCP: these wait for earlier loads, which
 * that processor keeps in order anyway, and do not empty the store buffer. On arm64 the vDSO executes DMB ISHLD and ISB: no missing
 * barrier is hidden from the rules, which look for the barrier itself, but at run time loads are kept in order there.
 */
#ifndef VTRACE_NOW
#define VTRACE_NOW() vtrace_monotonic_ns()
#endif

#define VTRACE_COLD __attribute__((noinline, cold, unused))
#define VTRACE_COMPILER_BARRIER() __asm__ __volatile__("" ::: "memory")

/* Whom an event concerns. */
typedef struct vtrace_queue {
    uint16_t device; /* the device's number in the run, or VTRACE_NONE */
    uint16_t queue;  /* the virtqueue, or VTRACE_NONE */
} vtrace_queue;

typedef struct vtrace_options {
    const char *folder;      /* where the run's journals are; made if its parent exists */
    const char *source;      /* this source's name, and that of its file */
    const char *sees;        /* what it records, as "actor.event" with * for any, separated by commas: "driver.*,platform.*" */
    const char *producer;    /* the program and its version; null = "virtio_trace.h" */
    const char *profile;     /* which proposal the run is to be judged by; null = swiotlb-rfc1 */
    const char *run_id;      /* a UUID that the run's sources share; null = the folder's, drawn by whoever comes first */
    const char *clock_name;  /* null = the monotonic clock; else the name of the clock that VTRACE_NOW reads */
    int64_t clock_resolution_ns;   /* with clock_name: its step */
    int64_t clock_uncertainty_ns;  /* with clock_name: how far two sources' clocks may be apart */
    uint32_t segment_bytes;  /* how much the file grows at a time; 0 = 1 MiB */
    uint16_t thread;         /* the actor's execution context: told apart within one actor */
    uint8_t actor;           /* who records: VTRACE_ACTOR_DRIVER or VTRACE_ACTOR_DEVICE as a rule */
    uint8_t space;           /* the space of memory addresses; 0 = VTRACE_SPACE_BUS */
} vtrace_options;

/* A journal that is being written. Nothing in it is for others. */
typedef struct vtrace {
    vtrace_record *next;
    vtrace_record *limit;
    uint64_t count;
    uint64_t lost;
    unsigned char *segment;
    unsigned char *ready;
    unsigned char *header;
    uint64_t segments;
    uint32_t segment_bytes;
    uint32_t header_bytes;
    int file;
    uint16_t thread;
    uint8_t actor;
    uint8_t space;
} vtrace;

/* Whether anything is recorded: for work that is done for the recording's sake only. */
static inline bool vtrace_is_on(const vtrace *trace)
{
#ifdef VIRTIO_TRACE_OFF
    (void)trace;
    return false;
#else
    return trace != NULL;
#endif
}

static inline int64_t vtrace_monotonic_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* CRC-32C by the processor where it can; both ways take and give the inverted state. */
static VTRACE_COLD uint32_t vtrace_crc_by_nibbles(const unsigned char *bytes, size_t length, uint32_t crc)
{
    static const uint32_t table[16] = {
        0x0, 0x105ec76f, 0x20bd8ede, 0x30e349b1,
        0x417b1dbc, 0x5125dad3, 0x61c69362, 0x7198540d,
        0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9,
        0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75,
    };
    size_t i;
    for (i = 0; i < length; i++) {
        crc ^= bytes[i];
        crc = table[crc & 15] ^ (crc >> 4);
        crc = table[crc & 15] ^ (crc >> 4);
    }
    return crc;
}

static VTRACE_COLD bool vtrace_has_crc(void)
{
#if defined(__x86_64__)
    return __builtin_cpu_supports("sse4.2");
#elif defined(__aarch64__) && defined(HWCAP_CRC32)
    return (getauxval(AT_HWCAP) & HWCAP_CRC32) != 0;
#else
    return false;
#endif
}

static VTRACE_COLD uint32_t vtrace_crc(const void *start, size_t length, uint32_t crc)
{
    const unsigned char *bytes = (const unsigned char *)start;
    crc = ~crc;
#if defined(__x86_64__) || defined(__aarch64__)
    if (vtrace_has_crc()) {
        for (; length >= 8; bytes += 8, length -= 8) {
            uint64_t eight;
            memcpy(&eight, bytes, 8);
#if defined(__x86_64__)
            {
                uint64_t wide = crc;
                __asm__("crc32q %1, %0" : "+r"(wide) : "r"(eight));
                crc = (uint32_t)wide;
            }
#else
            __asm__(".arch_extension crc\n\tcrc32cx %w0, %w0, %x1" : "+r"(crc) : "r"(eight));
#endif
        }
    }
#endif
    return ~vtrace_crc_by_nibbles(bytes, length, crc);
}

/* The state byte that makes a record whole: the commit mark, and a fold of all other bits. */
static inline uint64_t vtrace_state(uint64_t fold)
{
    fold = (fold ^ (fold >> 35)) & ((UINT64_C(1) << 35) - 1);
    fold ^= (fold >> 14) ^ (fold >> 28);
    return VTRACE_COMMIT_MARK | ((fold ^ (fold >> 7)) & 0x7f);
}

/* Writes a record; the word with the state byte goes last. A process that is killed leaves what it had stored by then. */
static inline void vtrace_put(vtrace_record *place, const vtrace_record *record, uint64_t count, int64_t now)
{
    uint64_t time = (uint64_t)now;
    uint64_t numbered = record->word[VTRACE_WORD_SOURCE_SEQUENCE] | (uint32_t)count;
    uint64_t marked = record->word[VTRACE_WORD_STATE];
    uint64_t fold = time ^ numbered ^ marked ^ record->word[3] ^ record->word[4] ^ record->word[5] ^ record->word[6] ^ record->word[7];
    place->word[VTRACE_WORD_TIME_NS] = time;
    place->word[VTRACE_WORD_SOURCE_SEQUENCE] = numbered;
    place->word[3] = record->word[3];
    place->word[4] = record->word[4];
    place->word[5] = record->word[5];
    place->word[6] = record->word[6];
    place->word[7] = record->word[7];
    VTRACE_COMPILER_BARRIER();
    *(volatile uint64_t *)&place->word[VTRACE_WORD_STATE] = marked | vtrace_state(fold) << VTRACE_SHIFT_STATE;
    VTRACE_COMPILER_BARRIER();
}

/* Zeros, not reserved blocks: a write takes the room as surely, leaves the pages in memory, and says so when there is none. */
static VTRACE_COLD bool vtrace_allocate(int file, off_t offset, size_t bytes)
{
    static unsigned char zeros[VTRACE_PAGE_BYTES];
    struct iovec pages[64];
    size_t i;
    for (i = 0; i < 64; i++) {
        pages[i].iov_base = zeros;
        pages[i].iov_len = sizeof zeros;
    }
    while (bytes > 0) {
        size_t count = bytes / sizeof zeros < 64 ? bytes / sizeof zeros : 64;
        ssize_t written = pwritev(file, pages, (int)count, offset);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        written -= written % (ssize_t)sizeof zeros; /* a short write: go on from its last whole page */
        if (written == 0) {
            errno = ENOSPC;
            return false;
        }
        offset += written;
        bytes -= (size_t)written;
    }
    return true;
}

/* The file's next segment: allocated, mapped, and empty. */
static VTRACE_COLD unsigned char *vtrace_make_segment(vtrace *trace)
{
    off_t offset = (off_t)(trace->header_bytes + trace->segments * trace->segment_bytes);
    void *map;
    size_t place;
    if (!vtrace_allocate(trace->file, offset, trace->segment_bytes)) return NULL;
    map = mmap(NULL, trace->segment_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, trace->file, offset);
    if (map == MAP_FAILED) return NULL;

    /* One store a page now, so that the hot path meets no page fault. */
    for (place = 0; place < trace->segment_bytes; place += VTRACE_PAGE_BYTES) ((volatile unsigned char *)map)[place] = 0;
    *(volatile uint64_t *)map = VTRACE_SEGMENT_MAGIC | trace->segments << 32;
    trace->segments++;
    return (unsigned char *)map;
}

static VTRACE_COLD void vtrace_use_segment(vtrace *trace, unsigned char *segment)
{
    trace->segment = segment;
    trace->next = (vtrace_record *)segment + 1;
    trace->limit = (vtrace_record *)(segment + trace->segment_bytes) - VTRACE_RECORDS_KEPT_FOR_LOSS;
}

/* Counts and sums up a segment to which nobody writes any more. */
static VTRACE_COLD void vtrace_end_segment(vtrace *trace, unsigned char *segment, const vtrace_record *past)
{
    vtrace_record *first = (vtrace_record *)segment + 1;
    uint64_t records = (uint64_t)(past - first);
    uint64_t crc = vtrace_crc(first, records * sizeof *first, 0);
    ((volatile uint64_t *)segment)[1] = records | crc << 32;
    ((volatile uint64_t *)segment)[2] = 1;
    munmap(segment, trace->segment_bytes);
}

/* Makes the next segment now, if it is not there yet: for a moment at which nobody minds. False if there is no room. */
static VTRACE_COLD bool vtrace_prepare(vtrace *trace)
{
    if (!vtrace_is_on(trace)) return true;
    if (trace->ready == NULL && trace->lost == 0) trace->ready = vtrace_make_segment(trace);
    return trace->ready != NULL;
}

/* Goes on in the next segment; on failure the present one stays. */
static VTRACE_COLD bool vtrace_turn(vtrace *trace)
{
    unsigned char *full = trace->segment;
    vtrace_record *past = trace->next;
    if (!vtrace_prepare(trace)) return false;
    vtrace_use_segment(trace, trace->ready);
    trace->ready = NULL;
    vtrace_end_segment(trace, full, past);
    return true;
}

static VTRACE_COLD void vtrace_put_with_note(vtrace *trace, const vtrace_record *record, const char *note, size_t bytes)
{
    int64_t now = VTRACE_NOW();
    uint64_t count = trace->count + 1;
    vtrace_record whole = *record;
    size_t done = 0;
    whole.word[VTRACE_WORD_PRESENCE] |= VTRACE_HAS_NOTE;
    vtrace_put(trace->next++, &whole, count, now);
    do {
        vtrace_record more;
        size_t part = bytes - done < VTRACE_NOTE_BYTES ? bytes - done : VTRACE_NOTE_BYTES;
        memset(&more, 0, sizeof more);
        more.word[1] = record->word[1];
        more.word[2] = (record->word[2] & VTRACE_MASK_OF_ORIGIN) | (uint64_t)VTRACE_EVENT_CONTINUATION << VTRACE_SHIFT_EVENT;
        memcpy((unsigned char *)&more + VTRACE_NOTE_OFFSET, note + done, part);
        more.word[VTRACE_WORD_PRESENCE] |= (uint64_t)(bytes - done) << VTRACE_SHIFT_PRESENCE;
        vtrace_put(trace->next++, &more, count, now);
        done += part;
    } while (done < bytes);
    trace->count = count;
}

/* Counts an event that cannot be kept; the first one also says so in the room that was kept for it. */
static VTRACE_COLD void vtrace_lose(vtrace *trace)
{
    if (trace->lost == 0) {
        char reason[(VTRACE_RECORDS_KEPT_FOR_LOSS - 1) * VTRACE_NOTE_BYTES];
        vtrace_record loss;
        memset(&loss, 0, sizeof loss);
        loss.word[1] = UINT64_C(0xffffffff) << VTRACE_SHIFT_DEVICE;
        loss.word[2] = (uint64_t)VTRACE_EVENT_LOSS << VTRACE_SHIFT_EVENT | (uint64_t)VTRACE_ACTOR_RECORDER << VTRACE_SHIFT_ACTOR;
        snprintf(reason, sizeof reason, "recording stopped: no room for the next journal segment: error %d", errno);
        vtrace_put_with_note(trace, &loss, reason, strlen(reason));
        trace->limit = trace->next;
    }
    trace->lost++;
    *(volatile uint64_t *)(trace->header + VTRACE_LOST_OFFSET) = trace->lost;
}

static VTRACE_COLD bool vtrace_find_room(vtrace *trace, size_t records)
{
    if (trace->lost == 0 && ((size_t)(trace->limit - trace->next) >= records || vtrace_turn(trace))) return true;
    vtrace_lose(trace);
    return false;
}

/* Records an event that was made with vtrace_event() and the setters. */
static inline void vtrace_write(vtrace *trace, const vtrace_record *record)
{
    if (!vtrace_is_on(trace)) return;
    VTRACE_COMPILER_BARRIER();
    if (__builtin_expect(trace->next == trace->limit, 0) && !vtrace_find_room(trace, 1)) return;
    vtrace_put(trace->next, record, trace->count + 1, VTRACE_NOW());
    trace->next++;
    trace->count++;
}

/* The same with a note: names and reasons, in UTF-8, at most 3600 bytes. It costs a record for each 36 bytes. */
static VTRACE_COLD void vtrace_write_note(vtrace *trace, const vtrace_record *record, const char *note)
{
    size_t bytes = 0;
    if (!vtrace_is_on(trace)) return;
    if (note == NULL) note = "";
    while (bytes <= VTRACE_MAX_NOTE_BYTES && note[bytes] != 0) bytes++;
    if (bytes > VTRACE_MAX_NOTE_BYTES) {
        bytes = VTRACE_MAX_NOTE_BYTES;
        while (bytes > 0 && (note[bytes] & 0xc0) == 0x80) bytes--; /* not within a letter */
    }
    if (!vtrace_find_room(trace, 2 + bytes / VTRACE_NOTE_BYTES)) return;
    vtrace_put_with_note(trace, record, note, bytes);
}

/* A record of a kind with no column set, for what no probe below says. Only where vtrace_is_on(). */
static inline vtrace_record vtrace_event(const vtrace *trace, uint8_t kind, uint8_t actor, vtrace_queue queue)
{
    vtrace_record record = { { 0, 0, 0, 0, 0, 0, 0, 0 } };
    record.word[VTRACE_WORD_DEVICE] |= (uint64_t)queue.device << VTRACE_SHIFT_DEVICE;
    record.word[VTRACE_WORD_QUEUE] |= (uint64_t)queue.queue << VTRACE_SHIFT_QUEUE;
    record.word[VTRACE_WORD_THREAD] |= (uint64_t)trace->thread << VTRACE_SHIFT_THREAD;
    record.word[VTRACE_WORD_EVENT] |= (uint64_t)kind << VTRACE_SHIFT_EVENT;
    record.word[VTRACE_WORD_ACTOR] |= (uint64_t)actor << VTRACE_SHIFT_ACTOR;
    return record;
}

/* A queue of a device, or with VTRACE_NONE the device alone. */
static inline vtrace_queue vtrace_at(uint16_t device, uint16_t queue)
{
    vtrace_queue place;
    place.device = device;
    place.queue = queue;
    return place;
}

/* ---- Opening and closing ----------------------------------------------------------------------------------------- */

/* Text in the header: JSON, parts of it as text within JSON. What does not fit is noticed at the end. */
typedef struct vtrace_text {
    char *start;
    size_t used;
    size_t room;
} vtrace_text;

static VTRACE_COLD void vtrace_letter(vtrace_text *text, char letter, int depth)
{
    if (letter < 0x20 || letter > 0x7e) letter = '?';
    if (depth > 0) {
        if (letter == '"' || letter == '\\') vtrace_letter(text, '\\', depth - 1);
        vtrace_letter(text, letter, depth - 1);
        return;
    }
    if (text->used < text->room) text->start[text->used] = letter;
    text->used++;
}

static VTRACE_COLD void vtrace_letters(vtrace_text *text, const char *letters, int depth)
{
    while (*letters != 0) vtrace_letter(text, *letters++, depth);
}

static VTRACE_COLD void vtrace_fact(vtrace_text *text, const char *name, const char *value)
{
    vtrace_letters(text, text->used == 0 ? "{\"virtio_trace." : ",\"virtio_trace.", 0);
    vtrace_letters(text, name, 0);
    vtrace_letters(text, "\":\"", 0);
    vtrace_letters(text, value, 1);
    vtrace_letters(text, "\"", 0);
}

static VTRACE_COLD void vtrace_sees(vtrace_text *text, const char *sees)
{
    vtrace_letters(text, ",\"sees\":[\"", 1);
    for (; *sees != 0; sees++) {
        if (*sees == ',') vtrace_letters(text, "\",\"", 1);
        else vtrace_letter(text, *sees, 2);
    }
    vtrace_letters(text, "\"]", 1);
}

/* The first `wanted` bytes of a small file, as text; false if there are not so many. */
static VTRACE_COLD bool vtrace_read_text(const char *path, char *text, size_t wanted)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got;
    if (file < 0) return false;
    got = read(file, text, wanted);
    close(file);
    text[wanted] = 0;
    return got == (ssize_t)wanted;
}

static VTRACE_COLD void vtrace_clock(vtrace_text *text, const vtrace_options *options)
{
    char numbers[128];
    char name[64] = "monotonic";
    char boot[9];
    if (vtrace_read_text("/proc/sys/kernel/random/boot_id", boot, 8)) snprintf(name, sizeof name, "monotonic of boot %s", boot);
    vtrace_letters(text, "\"clock\":{\"name\":\"", 1);
    vtrace_letters(text, options->clock_name != NULL ? options->clock_name : name, 2);
    snprintf(numbers, sizeof numbers, "\",\"resolution_ns\":%lld,\"offset_ns\":0,\"uncertainty_ns\":%lld}",
        options->clock_name != NULL ? (long long)options->clock_resolution_ns : 1LL,
        options->clock_name != NULL ? (long long)options->clock_uncertainty_ns : 1000LL);
    vtrace_letters(text, numbers, 1);
}

static VTRACE_COLD void vtrace_describe(vtrace_text *text, const vtrace_options *options, const char *run_id)
{
    vtrace_fact(text, "schema_version", VTRACE_SCHEMA_VERSION);
    vtrace_fact(text, "run_id", run_id);
    vtrace_fact(text, "producer", options->producer != NULL ? options->producer : "virtio_trace.h");
    vtrace_fact(text, "profile", options->profile != NULL ? options->profile : VTRACE_DEFAULT_PROFILE);
    vtrace_letters(text, ",\"virtio_trace.sources\":\"", 0);
    vtrace_letters(text, "[{\"name\":\"", 1);
    vtrace_letters(text, options->source, 2);
    vtrace_letters(text, "\",", 1);
    vtrace_clock(text, options);
    vtrace_sees(text, options->sees);
    vtrace_letters(text, ",\"events\":0}]", 1);
    vtrace_letters(text, "\"}", 0);
}

/* Gives a file that is whole its name, unless something has it. A file system without links cannot say "unless". */
static VTRACE_COLD bool vtrace_name_file(const char *made, const char *path)
{
    if (link(made, path) == 0) {
        unlink(made);
        return true;
    }
    return errno != EEXIST && rename(made, path) == 0;
}

/* The UUID of the run whose journals are in the folder. */
static VTRACE_COLD bool vtrace_find_run_id(const char *folder, char *run_id)
{
    char path[PATH_MAX];
    char made[PATH_MAX + 16];
    int file;
    if (snprintf(path, sizeof path, "%s/run-id", folder) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return false;
    }
    if (vtrace_read_text(path, run_id, 36)) return true;
    snprintf(made, sizeof made, "%s.XXXXXX", path);
    if (!vtrace_read_text("/proc/sys/kernel/random/uuid", run_id, 36)) return false;
    file = mkstemp(made);
    if (file < 0) return false;
    if (write(file, run_id, 36) != 36 || !vtrace_name_file(made, path)) unlink(made);
    close(file);
    return vtrace_read_text(path, run_id, 36);
}

/* The header page, and the first segment behind it. */
static VTRACE_COLD bool vtrace_begin_file(vtrace *trace, const vtrace_options *options, const char *run_id)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE) > VTRACE_PAGE_BYTES ? (size_t)sysconf(_SC_PAGESIZE) : VTRACE_PAGE_BYTES;
    size_t room = 4 * page;
    unsigned char *header = (unsigned char *)calloc(1, room);
    uint32_t fields[9] = { 0, 0, VTRACE_FORMAT_VERSION, 0, sizeof(vtrace_record), VTRACE_SCHEMA_MAJOR | VTRACE_SCHEMA_MINOR << 16, 0, 0, 0 };
    uint64_t magic = VTRACE_MAGIC;
    vtrace_text text;
    bool is_written;
    if (header == NULL) return false;
    text.start = (char *)header + VTRACE_TEXT_OFFSET;
    text.used = 0;
    text.room = room - VTRACE_TEXT_OFFSET;
    vtrace_describe(&text, options, run_id);
    if (text.used > text.room) {
        free(header);
        errno = E2BIG;
        return false;
    }
    trace->header_bytes = (uint32_t)((VTRACE_TEXT_OFFSET + text.used + page - 1) / page * page);
    trace->segment_bytes = options->segment_bytes != 0 ? options->segment_bytes : 1024 * 1024;
    if (trace->segment_bytes < VTRACE_MIN_SEGMENT_BYTES) trace->segment_bytes = VTRACE_MIN_SEGMENT_BYTES;
    if (trace->segment_bytes > VTRACE_MAX_SEGMENT_BYTES) trace->segment_bytes = VTRACE_MAX_SEGMENT_BYTES;
    trace->segment_bytes = (uint32_t)((trace->segment_bytes + page - 1) / page * page);
    memcpy(fields, &magic, sizeof magic);
    fields[3] = trace->header_bytes;
    fields[6] = trace->segment_bytes;
    fields[7] = (uint32_t)text.used;
    memcpy(header, fields, VTRACE_CHECKED_BYTES);
    fields[8] = vtrace_crc(text.start, text.used, vtrace_crc(header, VTRACE_CHECKED_BYTES, 0));
    memcpy(header, fields, sizeof fields);
    is_written = pwrite(trace->file, header, trace->header_bytes, 0) == (ssize_t)trace->header_bytes;
    free(header);
    if (!is_written) return false;
    header = (unsigned char *)mmap(NULL, trace->header_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, trace->file, 0);
    if ((void *)header == MAP_FAILED) return false;
    trace->header = header;
    header = vtrace_make_segment(trace);
    if (header == NULL) return false;
    vtrace_use_segment(trace, header);
    return true;
}

/* Lets go of the file without an end mark: the recording is then one that did not come to its end. */
static VTRACE_COLD void vtrace_abandon(vtrace *trace)
{
    int reason = errno;
    if (trace == NULL) return;
    if (trace->segment != NULL) munmap(trace->segment, trace->segment_bytes);
    if (trace->ready != NULL) munmap(trace->ready, trace->segment_bytes);
    if (trace->header != NULL) munmap(trace->header, trace->header_bytes);
    close(trace->file);
    free(trace);
    errno = reason;
}

/*
 * Begins a journal: FOLDER/SOURCE.journal, which must not exist. It gets its name when it is whole, so that no moment of a
 * kill leaves half of one. Null on failure, and errno says why: EEXIST, EINVAL (no folder, no source, a name with a slash, nothing
 * seen), E2BIG (texts of more than some thousand bytes), and what the system says.
 */
static VTRACE_COLD vtrace *vtrace_open(const vtrace_options *options)
{
#ifdef VIRTIO_TRACE_OFF
    (void)options;
    return NULL;
#else
    char path[PATH_MAX];
    char made[PATH_MAX + 16];
    char run_id[64] = "";
    vtrace *trace;
    int reason;
    if (options->folder == NULL || options->source == NULL || *options->source == 0 || strchr(options->source, '/') != NULL
        || options->sees == NULL || *options->sees == 0) {
        errno = EINVAL;
        return NULL;
    }
    if (mkdir(options->folder, 0777) != 0 && errno != EEXIST) return NULL;
    if (options->run_id == NULL && !vtrace_find_run_id(options->folder, run_id)) return NULL;
    if (snprintf(path, sizeof path, "%s/%s.journal", options->folder, options->source) >= (int)sizeof path) {
        errno = ENAMETOOLONG;
        return NULL;
    }
    snprintf(made, sizeof made, "%s.XXXXXX", path);
    trace = (vtrace *)calloc(1, sizeof *trace);
    if (trace == NULL) return NULL;
    trace->thread = options->thread;
    trace->actor = options->actor;
    trace->space = options->space;
    trace->file = mkstemp(made);
    if (trace->file < 0) {
        free(trace);
        return NULL;
    }
    fcntl(trace->file, F_SETFD, FD_CLOEXEC);
    if (vtrace_begin_file(trace, options, options->run_id != NULL ? options->run_id : run_id)
        && fchmod(trace->file, 0644) == 0 && vtrace_name_file(made, path)) return trace;
    reason = errno;
    unlink(made);
    errno = reason;
    vtrace_abandon(trace);
    return NULL;
#endif
}

/* Ends the recording: sums up the last segment, cuts off what it did not use, and sets the end mark last of all. */
static VTRACE_COLD void vtrace_close(vtrace *trace)
{
    off_t length;
    if (!vtrace_is_on(trace)) return;
    length = (off_t)(trace->header_bytes + (trace->segments - (trace->ready != NULL)) * trace->segment_bytes);
    vtrace_end_segment(trace, trace->segment, trace->next);
    trace->segment = NULL;
    if (ftruncate(trace->file, length) != 0) errno = 0; /* what remains is zeros, which say nothing */
    *(volatile uint64_t *)(trace->header + VTRACE_EVENTS_OFFSET) = trace->count;
    *(volatile uint64_t *)(trace->header + VTRACE_END_MARK_OFFSET) = VTRACE_END_MARK;
    vtrace_abandon(trace);
}

/* ---- Probes: the recording itself -------------------------------------------------------------------------------- */

/* This thread begins to record; name it. */
static inline void vtrace_thread_started(vtrace *trace, uint16_t device, const char *name)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_THREAD_STARTED, trace->actor, vtrace_at(device, VTRACE_NONE));
    vtrace_write_note(trace, &record, name);
}

/* A remark for whoever reads the run. */
static inline void vtrace_remark(vtrace *trace, vtrace_queue queue, const char *text)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_REMARK, trace->actor, queue);
    vtrace_write_note(trace, &record, text);
}

/* This program could not record `events` events (0 = unknown how many): what rests on them is then not judged. */
static inline void vtrace_loss(vtrace *trace, uint64_t events, const char *reason)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_LOSS, VTRACE_ACTOR_RECORDER, vtrace_at(VTRACE_NONE, VTRACE_NONE));
    if (events != 0) vtrace_set_value(&record, events);
    vtrace_write_note(trace, &record, reason);
}

/* The device met something that it cannot serve. */
static inline void vtrace_device_error(vtrace *trace, vtrace_queue queue, const char *text)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_DEVICE_ERROR, VTRACE_ACTOR_DEVICE, queue);
    vtrace_write_note(trace, &record, text);
}

/*
 * A barrier stands here: an ordering (VTRACE_ORDERING_FULL, _STORE, _LOAD, _ACQUIRE, _RELEASE) and how far it reaches
 * (VTRACE_DOMAIN_COMPILER, _SMP, _DMA, _MMIO). Record what is executed, not what was meant: smp_wmb() is STORE/SMP, dma_rmb() is LOAD/DMA, mb() is
 * FULL/MMIO, atomic_thread_fence(memory_order_seq_cst) is FULL/SMP.
 */
static inline void vtrace_barrier(vtrace *trace, vtrace_queue queue, uint8_t ordering, uint8_t domain)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_BARRIER, trace->actor, queue);
    vtrace_set_ordering(&record, ordering);
    vtrace_set_ordering_domain(&record, domain);
    vtrace_write(trace, &record);
}

/* An access to a queue's memory of any kind, without its content. */
static inline vtrace_record vtrace_access(const vtrace *trace, uint8_t kind, uint8_t actor, vtrace_queue queue, uint8_t part, uint64_t address, uint64_t length)
{
    vtrace_record record = vtrace_event(trace, kind, actor, queue);
    vtrace_set_part(&record, part);
    vtrace_set_address_space(&record, trace->space);
    vtrace_set_address(&record, address);
    vtrace_set_length(&record, length);
    return record;
}

/* The driver loads: recorded after it. A word of a ring: an index, flags, an event word; 8 bytes at most. */
static inline void vtrace_load(vtrace *trace, vtrace_queue queue, uint8_t part, uint64_t address, uint64_t length, uint64_t value)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_LOAD, VTRACE_ACTOR_DRIVER, queue, part, address, length);
    vtrace_set_value(&record, value);
    vtrace_write(trace, &record);
}

/* The same by an access that orders besides: a store-release, a load-acquire, a locked operation (VTRACE_ORDERING_FULL). */
static inline void vtrace_load_ordered(vtrace *trace, vtrace_queue queue, uint8_t part, uint64_t address, uint64_t length, uint64_t value, uint8_t ordering, uint8_t domain)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_LOAD, VTRACE_ACTOR_DRIVER, queue, part, address, length);
    vtrace_set_value(&record, value);
    vtrace_set_ordering(&record, ordering);
    vtrace_set_ordering_domain(&record, domain);
    vtrace_write(trace, &record);
}

/* The driver loads an entry of the available ring: its place in the ring, and the head that stands there. Recorded after it. */
static inline void vtrace_load_available_entry(vtrace *trace, vtrace_queue queue, uint16_t slot, uint64_t address, uint16_t head)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_LOAD, VTRACE_ACTOR_DRIVER, queue, VTRACE_PART_AVAILABLE_ENTRY, address, 2);
    vtrace_set_slot(&record, slot);
    vtrace_set_value(&record, head);
    vtrace_write(trace, &record);
}

/* The driver loads an entry of the used ring: its place in the ring, its id and its len. Recorded after it. */
static inline void vtrace_load_used_entry(vtrace *trace, vtrace_queue queue, uint16_t slot, uint64_t address, uint32_t id, uint32_t length)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_LOAD, VTRACE_ACTOR_DRIVER, queue, VTRACE_PART_USED_ENTRY, address, 8);
    vtrace_set_slot(&record, slot);
    vtrace_set_value(&record, id);
    vtrace_set_size(&record, length);
    vtrace_write(trace, &record);
}

/* The driver loads a whole descriptor: VTRACE_PART_DESCRIPTOR, _INDIRECT_DESCRIPTOR or _PACKED_DESCRIPTOR (next is then the id). Recorded after it. */
static inline void vtrace_load_descriptor(vtrace *trace, vtrace_queue queue, uint8_t part, uint16_t slot, uint64_t address, uint16_t head,
    uint64_t buffer, uint32_t size, uint16_t flags, uint16_t next)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_LOAD, VTRACE_ACTOR_DRIVER, queue, part, address, 16);
    vtrace_set_slot(&record, slot);
    vtrace_set_head(&record, head);
    vtrace_set_target_space(&record, trace->space);
    vtrace_set_target(&record, buffer);
    vtrace_set_size(&record, size);
    vtrace_set_flags(&record, flags);
    vtrace_set_next_slot(&record, next);
    vtrace_write(trace, &record);
}

/* The driver loads payload, of the chain with this head. Recorded after it. */
static inline void vtrace_load_payload(vtrace *trace, vtrace_queue queue, uint64_t address, uint64_t length, uint16_t head)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_LOAD, VTRACE_ACTOR_DRIVER, queue, VTRACE_PART_PAYLOAD, address, length);
    vtrace_set_head(&record, head);
    vtrace_write(trace, &record);
}

/* The driver stores: recorded before it. A word of a ring: an index, flags, an event word; 8 bytes at most. */
static inline void vtrace_store(vtrace *trace, vtrace_queue queue, uint8_t part, uint64_t address, uint64_t length, uint64_t value)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_STORE, VTRACE_ACTOR_DRIVER, queue, part, address, length);
    vtrace_set_value(&record, value);
    vtrace_write(trace, &record);
}

/* The same by an access that orders besides: a store-release, a load-acquire, a locked operation (VTRACE_ORDERING_FULL). */
static inline void vtrace_store_ordered(vtrace *trace, vtrace_queue queue, uint8_t part, uint64_t address, uint64_t length, uint64_t value, uint8_t ordering, uint8_t domain)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_STORE, VTRACE_ACTOR_DRIVER, queue, part, address, length);
    vtrace_set_value(&record, value);
    vtrace_set_ordering(&record, ordering);
    vtrace_set_ordering_domain(&record, domain);
    vtrace_write(trace, &record);
}

/* The driver stores an entry of the available ring: its place in the ring, and the head that stands there. Recorded before it. */
static inline void vtrace_store_available_entry(vtrace *trace, vtrace_queue queue, uint16_t slot, uint64_t address, uint16_t head)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_STORE, VTRACE_ACTOR_DRIVER, queue, VTRACE_PART_AVAILABLE_ENTRY, address, 2);
    vtrace_set_slot(&record, slot);
    vtrace_set_value(&record, head);
    vtrace_write(trace, &record);
}

/* The driver stores an entry of the used ring: its place in the ring, its id and its len. Recorded before it. */
static inline void vtrace_store_used_entry(vtrace *trace, vtrace_queue queue, uint16_t slot, uint64_t address, uint32_t id, uint32_t length)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_STORE, VTRACE_ACTOR_DRIVER, queue, VTRACE_PART_USED_ENTRY, address, 8);
    vtrace_set_slot(&record, slot);
    vtrace_set_value(&record, id);
    vtrace_set_size(&record, length);
    vtrace_write(trace, &record);
}

/* The driver stores a whole descriptor: VTRACE_PART_DESCRIPTOR, _INDIRECT_DESCRIPTOR or _PACKED_DESCRIPTOR (next is then the id). Recorded before it. */
static inline void vtrace_store_descriptor(vtrace *trace, vtrace_queue queue, uint8_t part, uint16_t slot, uint64_t address, uint16_t head,
    uint64_t buffer, uint32_t size, uint16_t flags, uint16_t next)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_STORE, VTRACE_ACTOR_DRIVER, queue, part, address, 16);
    vtrace_set_slot(&record, slot);
    vtrace_set_head(&record, head);
    vtrace_set_target_space(&record, trace->space);
    vtrace_set_target(&record, buffer);
    vtrace_set_size(&record, size);
    vtrace_set_flags(&record, flags);
    vtrace_set_next_slot(&record, next);
    vtrace_write(trace, &record);
}

/* The driver stores payload, of the chain with this head. Recorded before it. */
static inline void vtrace_store_payload(vtrace *trace, vtrace_queue queue, uint64_t address, uint64_t length, uint16_t head)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_STORE, VTRACE_ACTOR_DRIVER, queue, VTRACE_PART_PAYLOAD, address, length);
    vtrace_set_head(&record, head);
    vtrace_write(trace, &record);
}

/* The device reads: recorded after it. A word of a ring: an index, flags, an event word; 8 bytes at most. */
static inline void vtrace_dma_read(vtrace *trace, vtrace_queue queue, uint8_t part, uint64_t address, uint64_t length, uint64_t value)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_DMA_READ, VTRACE_ACTOR_DEVICE, queue, part, address, length);
    vtrace_set_value(&record, value);
    vtrace_write(trace, &record);
}

/* The same by an access that orders besides: a store-release, a load-acquire, a locked operation (VTRACE_ORDERING_FULL). */
static inline void vtrace_dma_read_ordered(vtrace *trace, vtrace_queue queue, uint8_t part, uint64_t address, uint64_t length, uint64_t value, uint8_t ordering, uint8_t domain)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_DMA_READ, VTRACE_ACTOR_DEVICE, queue, part, address, length);
    vtrace_set_value(&record, value);
    vtrace_set_ordering(&record, ordering);
    vtrace_set_ordering_domain(&record, domain);
    vtrace_write(trace, &record);
}

/* The device reads an entry of the available ring: its place in the ring, and the head that stands there. Recorded after it. */
static inline void vtrace_dma_read_available_entry(vtrace *trace, vtrace_queue queue, uint16_t slot, uint64_t address, uint16_t head)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_DMA_READ, VTRACE_ACTOR_DEVICE, queue, VTRACE_PART_AVAILABLE_ENTRY, address, 2);
    vtrace_set_slot(&record, slot);
    vtrace_set_value(&record, head);
    vtrace_write(trace, &record);
}

/* The device reads an entry of the used ring: its place in the ring, its id and its len. Recorded after it. */
static inline void vtrace_dma_read_used_entry(vtrace *trace, vtrace_queue queue, uint16_t slot, uint64_t address, uint32_t id, uint32_t length)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_DMA_READ, VTRACE_ACTOR_DEVICE, queue, VTRACE_PART_USED_ENTRY, address, 8);
    vtrace_set_slot(&record, slot);
    vtrace_set_value(&record, id);
    vtrace_set_size(&record, length);
    vtrace_write(trace, &record);
}

/* The device reads a whole descriptor: VTRACE_PART_DESCRIPTOR, _INDIRECT_DESCRIPTOR or _PACKED_DESCRIPTOR (next is then the id). Recorded after it. */
static inline void vtrace_dma_read_descriptor(vtrace *trace, vtrace_queue queue, uint8_t part, uint16_t slot, uint64_t address, uint16_t head,
    uint64_t buffer, uint32_t size, uint16_t flags, uint16_t next)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_DMA_READ, VTRACE_ACTOR_DEVICE, queue, part, address, 16);
    vtrace_set_slot(&record, slot);
    vtrace_set_head(&record, head);
    vtrace_set_target_space(&record, trace->space);
    vtrace_set_target(&record, buffer);
    vtrace_set_size(&record, size);
    vtrace_set_flags(&record, flags);
    vtrace_set_next_slot(&record, next);
    vtrace_write(trace, &record);
}

/* The device reads payload, of the chain with this head. Recorded after it. */
static inline void vtrace_dma_read_payload(vtrace *trace, vtrace_queue queue, uint64_t address, uint64_t length, uint16_t head)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_DMA_READ, VTRACE_ACTOR_DEVICE, queue, VTRACE_PART_PAYLOAD, address, length);
    vtrace_set_head(&record, head);
    vtrace_write(trace, &record);
}

/* The device writes: recorded before it. A word of a ring: an index, flags, an event word; 8 bytes at most. */
static inline void vtrace_dma_write(vtrace *trace, vtrace_queue queue, uint8_t part, uint64_t address, uint64_t length, uint64_t value)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_DMA_WRITE, VTRACE_ACTOR_DEVICE, queue, part, address, length);
    vtrace_set_value(&record, value);
    vtrace_write(trace, &record);
}

/* The same by an access that orders besides: a store-release, a load-acquire, a locked operation (VTRACE_ORDERING_FULL). */
static inline void vtrace_dma_write_ordered(vtrace *trace, vtrace_queue queue, uint8_t part, uint64_t address, uint64_t length, uint64_t value, uint8_t ordering, uint8_t domain)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_DMA_WRITE, VTRACE_ACTOR_DEVICE, queue, part, address, length);
    vtrace_set_value(&record, value);
    vtrace_set_ordering(&record, ordering);
    vtrace_set_ordering_domain(&record, domain);
    vtrace_write(trace, &record);
}

/* The device writes an entry of the available ring: its place in the ring, and the head that stands there. Recorded before it. */
static inline void vtrace_dma_write_available_entry(vtrace *trace, vtrace_queue queue, uint16_t slot, uint64_t address, uint16_t head)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_DMA_WRITE, VTRACE_ACTOR_DEVICE, queue, VTRACE_PART_AVAILABLE_ENTRY, address, 2);
    vtrace_set_slot(&record, slot);
    vtrace_set_value(&record, head);
    vtrace_write(trace, &record);
}

/* The device writes an entry of the used ring: its place in the ring, its id and its len. Recorded before it. */
static inline void vtrace_dma_write_used_entry(vtrace *trace, vtrace_queue queue, uint16_t slot, uint64_t address, uint32_t id, uint32_t length)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_DMA_WRITE, VTRACE_ACTOR_DEVICE, queue, VTRACE_PART_USED_ENTRY, address, 8);
    vtrace_set_slot(&record, slot);
    vtrace_set_value(&record, id);
    vtrace_set_size(&record, length);
    vtrace_write(trace, &record);
}

/* The device writes a whole descriptor: VTRACE_PART_DESCRIPTOR, _INDIRECT_DESCRIPTOR or _PACKED_DESCRIPTOR (next is then the id). Recorded before it. */
static inline void vtrace_dma_write_descriptor(vtrace *trace, vtrace_queue queue, uint8_t part, uint16_t slot, uint64_t address, uint16_t head,
    uint64_t buffer, uint32_t size, uint16_t flags, uint16_t next)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_DMA_WRITE, VTRACE_ACTOR_DEVICE, queue, part, address, 16);
    vtrace_set_slot(&record, slot);
    vtrace_set_head(&record, head);
    vtrace_set_target_space(&record, trace->space);
    vtrace_set_target(&record, buffer);
    vtrace_set_size(&record, size);
    vtrace_set_flags(&record, flags);
    vtrace_set_next_slot(&record, next);
    vtrace_write(trace, &record);
}

/* The device writes payload, of the chain with this head. Recorded before it. */
static inline void vtrace_dma_write_payload(vtrace *trace, vtrace_queue queue, uint64_t address, uint64_t length, uint16_t head)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_DMA_WRITE, VTRACE_ACTOR_DEVICE, queue, VTRACE_PART_PAYLOAD, address, length);
    vtrace_set_head(&record, head);
    vtrace_write(trace, &record);
}

/* The driver zeroes a whole queue area (VTRACE_PART_DESCRIPTOR_AREA, _DRIVER_AREA, _DEVICE_AREA): recorded before. */
static inline void vtrace_zero(vtrace *trace, vtrace_queue queue, uint8_t part, uint64_t address, uint64_t length)
{
    vtrace_store(trace, queue, part, address, length, 0);
}

/*
 * An available buffer notification: the driver rings (recorded before), or the device hears it (after). The ordering is what the
 * access itself carries: a writel is RELEASE/MMIO, an eventfd's system call RELEASE/SMP (it takes a lock and gives it back); 0 and 0 = nothing.
 */
static inline void vtrace_doorbell(vtrace *trace, vtrace_queue queue, uint8_t space, uint64_t address, uint8_t width, uint64_t value,
    uint8_t ordering, uint8_t domain)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_DOORBELL, trace->actor, queue);
    vtrace_set_address_space(&record, space);
    vtrace_set_address(&record, address);
    vtrace_set_width(&record, width);
    vtrace_set_value(&record, value);
    vtrace_set_ordering(&record, ordering);
    vtrace_set_ordering_domain(&record, domain);
    vtrace_write(trace, &record);
}

/* An available buffer notification that is nothing but itself: an eventfd, a message. */
static inline void vtrace_kick(vtrace *trace, vtrace_queue queue, uint8_t ordering, uint8_t domain)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_DOORBELL, trace->actor, queue);
    vtrace_set_ordering(&record, ordering);
    vtrace_set_ordering_domain(&record, domain);
    vtrace_write(trace, &record);
}

/*
 * A notification of the driver: the device sends it (recorded before), or it arrives (after). The vector is VTRACE_NONE for an INTx or an
 * eventfd, the queue VTRACE_NONE for a change of configuration. Ordering as at a doorbell.
 */
static inline void vtrace_interrupt(vtrace *trace, vtrace_queue queue, uint16_t vector, uint8_t ordering, uint8_t domain)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_INTERRUPT, trace->actor, queue);
    if (vector != VTRACE_NONE) vtrace_set_slot(&record, vector);
    vtrace_set_ordering(&record, ordering);
    vtrace_set_ordering_domain(&record, domain);
    vtrace_write(trace, &record);
}

/* A transport register, by its name and its place: space is VTRACE_SPACE_BAR (then slot is the BAR), _MMIO, _PCI_CONFIG or _IO. */
typedef struct vtrace_register {
    uint8_t name;
    uint8_t space;
    uint8_t width;
    uint16_t slot; /* BAR or vector, else VTRACE_NONE */
    uint64_t address;
    uint32_t offset; /* in the register's own structure */
} vtrace_register;

static inline vtrace_record vtrace_register_event(const vtrace *trace, uint8_t kind, vtrace_queue queue, const vtrace_register *place, uint64_t value)
{
    vtrace_record record = vtrace_event(trace, kind, trace->actor, queue);
    vtrace_set_register_name(&record, place->name);
    vtrace_set_register_offset(&record, place->offset);
    vtrace_set_width(&record, place->width);
    vtrace_set_address_space(&record, place->space);
    vtrace_set_address(&record, place->address);
    vtrace_set_value(&record, value);
    if (place->slot != VTRACE_NONE) vtrace_set_slot(&record, place->slot);
    return record;
}

/* A register was read: by the driver, or executed by the device. A register of a queue carries that queue. Recorded after. */
static inline void vtrace_register_read(vtrace *trace, vtrace_queue queue, const vtrace_register *place, uint64_t value)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_register_event(trace, VTRACE_EVENT_REGISTER_READ, queue, place, value);
    vtrace_write(trace, &record);
}

/* A register is about to be written. Recorded before. */
static inline void vtrace_register_write(vtrace *trace, vtrace_queue queue, const vtrace_register *place, uint64_t value)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_register_event(trace, VTRACE_EVENT_REGISTER_WRITE, queue, place, value);
    vtrace_write(trace, &record);
}

/* A word of the offered features (VTRACE_REGISTER_DEVICE_FEATURE) was read: word 0 has bits 0 to 31. Recorded after. */
static inline void vtrace_features_read(vtrace *trace, uint16_t device, const vtrace_register *place, uint8_t word, uint32_t value)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_register_event(trace, VTRACE_EVENT_REGISTER_READ, vtrace_at(device, VTRACE_NONE), place, value);
    vtrace_set_feature_word(&record, word);
    vtrace_write(trace, &record);
}

/* A word of the accepted features (VTRACE_REGISTER_DRIVER_FEATURE) is about to be written. Recorded before. */
static inline void vtrace_features_write(vtrace *trace, uint16_t device, const vtrace_register *place, uint8_t word, uint32_t value)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_register_event(trace, VTRACE_EVENT_REGISTER_WRITE, vtrace_at(device, VTRACE_NONE), place, value);
    vtrace_set_feature_word(&record, word);
    vtrace_write(trace, &record);
}

/* From here on the device presents this device status. Recorded before. */
static inline void vtrace_status_presented(vtrace *trace, uint16_t device, uint8_t status)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_STATUS_PRESENTED, VTRACE_ACTOR_DEVICE, vtrace_at(device, VTRACE_NONE));
    vtrace_set_value(&record, status);
    vtrace_write(trace, &record);
}

/* A device becomes visible: its virtio device type, and what the platform calls it. */
static inline void vtrace_device_appeared(vtrace *trace, uint16_t device, uint32_t type, const char *name)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_DEVICE_APPEARED, VTRACE_ACTOR_PLATFORM, vtrace_at(device, VTRACE_NONE));
    vtrace_set_value(&record, type);
    vtrace_write_note(trace, &record, name);
}

/* A device is gone, with or without a reset. */
static inline void vtrace_device_removed(vtrace *trace, uint16_t device)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_DEVICE_REMOVED, VTRACE_ACTOR_PLATFORM, vtrace_at(device, VTRACE_NONE));
    vtrace_write(trace, &record);
}

/* A virtio structure capability of a PCI function: cfg_type, BAR, offset and length of the structure, and the capability's own place. */
static inline void vtrace_capability(vtrace *trace, uint16_t device, uint8_t type, uint8_t bar, uint64_t offset, uint64_t length, uint32_t place)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_CAPABILITY, trace->actor, vtrace_at(device, VTRACE_NONE));
    vtrace_set_value(&record, type);
    vtrace_set_slot(&record, bar);
    vtrace_set_address_space(&record, VTRACE_SPACE_BAR);
    vtrace_set_address(&record, offset);
    vtrace_set_length(&record, length);
    vtrace_set_register_offset(&record, place);
    vtrace_write(trace, &record);
}

/* A region of memory: system memory (device VTRACE_NONE), a BAR, a bounce-buffer region. */
typedef struct vtrace_region {
    uint16_t id;        /* names it until it is unmapped */
    uint8_t origin;     /* VTRACE_ORIGIN_SYSTEM_MEMORY, _CAPABILITY, _BAR, _DEVICE_TREE, _DECLARED */
    uint8_t attribute;  /* how the driver's processor maps it: VTRACE_ATTRIBUTE_WRITE_BACK, _WRITE_COMBINING, _UNCACHED */
    bool shared;        /* whether several devices may use it */
    uint64_t bus;       /* first bus address */
    uint64_t length;
    uint64_t cpu;       /* first processor address */
} vtrace_region;

/* A region is mapped. Recorded before anybody uses it. */
static inline void vtrace_region_mapped(vtrace *trace, uint16_t device, const vtrace_region *region)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_REGION_MAPPED, VTRACE_ACTOR_PLATFORM, vtrace_at(device, VTRACE_NONE));
    vtrace_set_region_id(&record, region->id);
    vtrace_set_region_origin(&record, region->origin);
    vtrace_set_region_attribute(&record, region->attribute);
    vtrace_set_region_shared(&record, region->shared);
    vtrace_set_address_space(&record, VTRACE_SPACE_BUS);
    vtrace_set_address(&record, region->bus);
    vtrace_set_length(&record, region->length);
    vtrace_set_target_space(&record, VTRACE_SPACE_CPU);
    vtrace_set_target(&record, region->cpu);
    vtrace_write(trace, &record);
}

/* A region is no longer mapped. Recorded after the last use. */
static inline void vtrace_region_unmapped(vtrace *trace, uint16_t device, const vtrace_region *region)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_REGION_UNMAPPED, VTRACE_ACTOR_PLATFORM, vtrace_at(device, VTRACE_NONE));
    vtrace_set_region_id(&record, region->id);
    vtrace_set_address_space(&record, VTRACE_SPACE_BUS);
    vtrace_set_address(&record, region->bus);
    vtrace_set_length(&record, region->length);
    vtrace_write(trace, &record);
}

/* Memory that a driver obtained for its device: a DMA mapping, a bounce slot, ring memory. */
typedef struct vtrace_mapping {
    uint32_t id;        /* names it until it is given up */
    uint8_t part;       /* VTRACE_PART_PAYLOAD, _INDIRECT_TABLE, _DESCRIPTOR_AREA, _DRIVER_AREA, _DEVICE_AREA */
    uint8_t direction;  /* VTRACE_DIRECTION_TO_DEVICE, _FROM_DEVICE, _BIDIRECTIONAL */
    uint64_t address;   /* what the device is told */
    uint64_t length;
    uint64_t original;  /* the processor address of the buffer behind a bounce slot; 0 = there is none */
} vtrace_mapping;

/* The driver obtained memory. */
static inline void vtrace_map(vtrace *trace, vtrace_queue queue, const vtrace_mapping *mapping)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_MAP, VTRACE_ACTOR_DRIVER, queue, mapping->part, mapping->address, mapping->length);
    vtrace_set_mapping_id(&record, mapping->id);
    vtrace_set_direction(&record, mapping->direction);
    if (mapping->original != 0) {
        vtrace_set_target_space(&record, VTRACE_SPACE_CPU);
        vtrace_set_target(&record, mapping->original);
    }
    vtrace_write(trace, &record);
}

/* The driver is about to give it up. */
static inline void vtrace_unmap(vtrace *trace, vtrace_queue queue, const vtrace_mapping *mapping)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_access(trace, VTRACE_EVENT_UNMAP, VTRACE_ACTOR_DRIVER, queue, mapping->part, mapping->address, mapping->length);
    vtrace_set_mapping_id(&record, mapping->id);
    vtrace_set_direction(&record, mapping->direction);
    vtrace_write(trace, &record);
}

/* The driver copies between a bounce slot and the original: recorded before a copy into the slot, after one out of it. */
static inline void vtrace_bounce_copy(vtrace *trace, vtrace_queue queue, const vtrace_mapping *mapping, uint8_t direction, uint64_t length)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_BOUNCE_COPY, VTRACE_ACTOR_DRIVER, queue);
    vtrace_set_address_space(&record, trace->space);
    vtrace_set_address(&record, mapping->address);
    vtrace_set_length(&record, length);
    vtrace_set_mapping_id(&record, mapping->id);
    vtrace_set_direction(&record, direction);
    vtrace_set_target_space(&record, VTRACE_SPACE_CPU);
    vtrace_set_target(&record, mapping->original);
    vtrace_write(trace, &record);
}

/*
 * This thread hands over to another: a lock is released, a thread started, a message sent. Each hand-over has a number of its own, by which
 * the other side takes it over. Recorded before.
 */
static inline void vtrace_handover_release(vtrace *trace, uint64_t sync_id)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_HANDOVER_RELEASE, trace->actor, vtrace_at(VTRACE_NONE, VTRACE_NONE));
    vtrace_set_sync_id(&record, sync_id);
    vtrace_write(trace, &record);
}

/* This thread takes over: recorded after. */
static inline void vtrace_handover_acquire(vtrace *trace, uint64_t sync_id)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_HANDOVER_ACQUIRE, trace->actor, vtrace_at(VTRACE_NONE, VTRACE_NONE));
    vtrace_set_sync_id(&record, sync_id);
    vtrace_write(trace, &record);
}

/* ---- What was there before: a recording that begins when the queues already run ---------------------------------- */

/* A register as it stands, so that what follows can be judged: the driver has written it some time before. */
static inline void vtrace_snapshot_register(vtrace *trace, vtrace_queue queue, uint8_t name, uint64_t value)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_SNAPSHOT, trace->actor, queue);
    vtrace_set_register_name(&record, name);
    vtrace_set_value(&record, value);
    vtrace_write_note(trace, &record, "register_write");
}

/* A device that is live: its type, the features that both sides agreed on, its status. */
static inline void vtrace_snapshot_device(vtrace *trace, uint16_t device, uint32_t type, uint64_t features, uint8_t status)
{
    uint8_t word;
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_SNAPSHOT, VTRACE_ACTOR_PLATFORM, vtrace_at(device, VTRACE_NONE));
    vtrace_set_value(&record, type);
    vtrace_write_note(trace, &record, "device_appeared");
    for (word = 0; word < 2; word++) {
        vtrace_record accepted = vtrace_event(trace, VTRACE_EVENT_SNAPSHOT, trace->actor, vtrace_at(device, VTRACE_NONE));
        vtrace_set_register_name(&accepted, VTRACE_REGISTER_DRIVER_FEATURE);
        vtrace_set_feature_word(&accepted, word);
        vtrace_set_value(&accepted, (uint32_t)(features >> (32 * word)));
        vtrace_write_note(trace, &accepted, "register_write");
    }
    vtrace_snapshot_register(trace, vtrace_at(device, VTRACE_NONE), VTRACE_REGISTER_DEVICE_STATUS, status);
}

/* A queue that is enabled: its size, and its three areas as the device was told. */
static inline void vtrace_snapshot_queue(vtrace *trace, vtrace_queue queue, uint16_t size, uint64_t descriptors, uint64_t driver, uint64_t device)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_snapshot_register(trace, queue, VTRACE_REGISTER_QUEUE_SIZE, size);
    vtrace_snapshot_register(trace, queue, VTRACE_REGISTER_QUEUE_DESC, descriptors);
    vtrace_snapshot_register(trace, queue, VTRACE_REGISTER_QUEUE_DRIVER, driver);
    vtrace_snapshot_register(trace, queue, VTRACE_REGISTER_QUEUE_DEVICE, device);
    vtrace_snapshot_register(trace, queue, VTRACE_REGISTER_QUEUE_ENABLE, 1);
}

/* Where a ring index stands: VTRACE_PART_AVAILABLE_INDEX or VTRACE_PART_USED_INDEX. */
static inline void vtrace_snapshot_index(vtrace *trace, vtrace_queue queue, uint8_t part, uint16_t value)
{
    if (!vtrace_is_on(trace)) return;
    vtrace_record record = vtrace_event(trace, VTRACE_EVENT_SNAPSHOT, trace->actor, queue);
    vtrace_set_part(&record, part);
    vtrace_set_value(&record, value);
    vtrace_write_note(trace, &record, part == VTRACE_PART_AVAILABLE_INDEX ? "store" : "dma_write");
}

#ifdef __cplusplus
}
#endif

#endif
