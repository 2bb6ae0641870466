/* A virtio device and its driver in one process, two threads of which share a split ring: an example of recording with virtio_trace.h. */
#include <sys/eventfd.h>
#include "barriers.h"
#include "driver.h"
#include "ring.h"

struct shared_memory memory;
enum barrier_site left_out;

static const char usage[] =
    "usage: pair FOLDER [--publications N] [--seed N] [--without BARRIER]\n"
    "  FOLDER is where the journals go, or - to record nothing. BARRIER is s1 to s5 (the driver's) or s7 to s10 (the device's).\n";

static vtrace *open_journal(const char *folder, const char *source, const char *sees, uint8_t actor, uint16_t thread)
{
    vtrace_options options = { 0 };
    vtrace *trace;
    if (strcmp(folder, "-") == 0) return NULL;
    options.folder = folder;
    options.source = source;
    options.sees = sees;
    options.producer = "samples/instrumented/pair";
    options.actor = actor;
    options.thread = thread;
    trace = vtrace_open(&options);
    if (trace == NULL) {
        fprintf(stderr, "pair: %s/%s: %s\n", folder, source, strerror(errno));
        exit(4);
    }
    return trace;
}

static enum barrier_site site_of(const char *name)
{
    static const char *const names[] = { "", "s1", "s2", "s3", "s4", "s5", "s7", "s8", "s9", "s10" };
    size_t site;
    for (site = 1; site < sizeof names / sizeof *names; site++) {
        if (strcmp(name, names[site]) == 0) return (enum barrier_site)site;
    }
    return NO_SITE;
}

static bool read_options(struct driver *driver, int count, char **words)
{
    int word;
    for (word = 2; word + 1 < count; word += 2) {
        const char *value = words[word + 1];
        if (strcmp(words[word], "--publications") == 0) driver->publications = strtoull(value, NULL, 10);
        else if (strcmp(words[word], "--seed") == 0) driver->random = strtoull(value, NULL, 10) * 2 + 1;
        else if (strcmp(words[word], "--without") != 0 || (left_out = site_of(value)) == NO_SITE) return false;
    }
    return count >= 2 && word == count;
}

int main(int count, char **words)
{
    struct device device = { 0 };
    struct driver driver = { 0 };
    bool has_run;
    driver.device = &device;
    driver.publications = 100000;
    driver.random = 1;
    if (!read_options(&driver, count, words)) {
        fputs(usage, stderr);
        return 2;
    }
    device.registers = open_journal(words[1], "device-registers", "device.*,platform.*", VTRACE_ACTOR_DEVICE, 0);
    device.queue = open_journal(words[1], "device-queue-0", "device.*", VTRACE_ACTOR_DEVICE, 1);
    driver.trace = open_journal(words[1], "driver", "driver.*", VTRACE_ACTOR_DRIVER, 0);
    device.doorbell = eventfd(0, 0);
    device.interrupt = eventfd(0, 0);
    device_begin(&device);
    has_run = driver_run(&driver);
    vtrace_close(driver.trace);
    vtrace_close(device.queue);
    vtrace_close(device.registers);
    printf("%llu publications, the driver waited %llu times, the device %llu times; notifications late or lost: %llu and %llu; wrong buffers: %llu\n",
        (unsigned long long)driver.publications, (unsigned long long)driver.waits, (unsigned long long)device.waits,
        (unsigned long long)driver.rescued, (unsigned long long)device.rescued, (unsigned long long)driver.wrong);
    return has_run && driver.wrong == 0 ? 0 : 1;
}
