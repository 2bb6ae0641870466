/* The functions of hot.c without recording. */
#include <stdint.h>

void publish(void *trace, uint16_t *index, uint16_t value)
{
    (void)trace;
    __atomic_store_n(index, value, __ATOMIC_RELAXED);
}

void fill(void *trace, uint64_t *descriptor, uint64_t buffer, uint16_t head)
{
    (void)trace;
    (void)head;
    __atomic_store_n(descriptor, buffer, __ATOMIC_RELAXED);
}

void fence(void *trace)
{
    (void)trace;
}
