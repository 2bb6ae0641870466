/* A block device as a vhost-user back end on libvhost-user: a raw image behind one queue, served by one thread. */
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include "record.h"
#include <linux/virtio_blk.h>
#include <linux/virtio_ids.h>

#define SECTOR_BYTES 512
#define MOST_SEGMENTS 126
#define MOST_WATCHES 8
static const char serial[VIRTIO_BLK_ID_BYTES] = "libvhost-user";

vtrace *journal;
VuDev *device;

static VuDev back_end;
static int image;
static uint64_t image_bytes;

/* How it goes about a queue: there is more than one way to use the library. */
static enum {
    SUPPRESS,   /* asks for no notifications while it works, and looks once more when it asks for them again */
    ONE_BY_ONE, /* takes and completes one request after the other: as contrib/vhost-user-blk of QEMU */
    COLLECT,    /* takes all that are there, and then completes them: as tools/virtiofsd of QEMU 7.2 */
} conduct;

static uint64_t requests;
static bool is_over;

/* ---- Requests ---------------------------------------------------------------------------------------------------- */

/* Part of a chain's buffers, front to back. */
struct buffers {
    struct iovec piece[VIRTQUEUE_MAX_SIZE];
    int count;
    size_t bytes;
};

static void add_piece(struct buffers *buffers, void *start, size_t length)
{
    if (length == 0) return;
    buffers->piece[buffers->count].iov_base = start;
    buffers->piece[buffers->count++].iov_len = length;
    buffers->bytes += length;
}

/* The bytes from `skip` on, `most` at most. The layout of a request says nothing of where descriptors begin (virtio 1.3 section 2.7.4). */
static struct buffers part_of(const struct iovec *pieces, unsigned count, size_t skip, size_t most)
{
    struct buffers part;
    unsigned i;
    part.count = 0;
    part.bytes = 0;
    for (i = 0; i < count; i++) {
        size_t start = skip < pieces[i].iov_len ? skip : pieces[i].iov_len;
        size_t length = pieces[i].iov_len - start;
        skip -= start;
        if (length > most - part.bytes) length = most - part.bytes;
        add_piece(&part, (char *)pieces[i].iov_base + start, length);
    }
    return part;
}

static size_t bytes_of(const struct iovec *pieces, unsigned count)
{
    return part_of(pieces, count, 0, SIZE_MAX).bytes;
}

static void copy_out(const VuVirtq *queue, unsigned head, const struct buffers *from, void *to)
{
    int i;
    for (i = 0; i < from->count; i++) {
        memcpy(to, from->piece[i].iov_base, from->piece[i].iov_len);
        read_payload(queue, head, from->piece[i].iov_base, from->piece[i].iov_len);
        to = (char *)to + from->piece[i].iov_len;
    }
}

static void copy_in(const VuVirtq *queue, unsigned head, const struct buffers *to, const void *from)
{
    int i;
    for (i = 0; i < to->count; i++) {
        writing_payload(queue, head, to->piece[i].iov_base, to->piece[i].iov_len);
        memcpy(to->piece[i].iov_base, from, to->piece[i].iov_len);
        from = (const char *)from + to->piece[i].iov_len;
    }
}

static bool lies_inside(uint64_t sector, size_t bytes)
{
    return sector <= image_bytes / SECTOR_BYTES && bytes <= image_bytes - sector * SECTOR_BYTES && bytes % SECTOR_BYTES == 0;
}

static uint8_t read_image(const VuVirtq *queue, unsigned head, uint64_t sector, const struct buffers *to)
{
    int i;
    if (!lies_inside(sector, to->bytes)) return VIRTIO_BLK_S_IOERR;
    for (i = 0; i < to->count; i++) writing_payload(queue, head, to->piece[i].iov_base, to->piece[i].iov_len);
    return preadv(image, to->piece, to->count, (off_t)(sector * SECTOR_BYTES)) == (ssize_t)to->bytes ? VIRTIO_BLK_S_OK : VIRTIO_BLK_S_IOERR;
}

static uint8_t write_image(const VuVirtq *queue, unsigned head, uint64_t sector, const struct buffers *from)
{
    ssize_t written;
    int i;
    if (!lies_inside(sector, from->bytes)) return VIRTIO_BLK_S_IOERR;
    written = pwritev(image, from->piece, from->count, (off_t)(sector * SECTOR_BYTES));
    for (i = 0; i < from->count; i++) read_payload(queue, head, from->piece[i].iov_base, from->piece[i].iov_len);
    return written == (ssize_t)from->bytes ? VIRTIO_BLK_S_OK : VIRTIO_BLK_S_IOERR;
}

static uint8_t read_serial(const VuVirtq *queue, unsigned head, const struct buffers *to)
{
    if (to->bytes > sizeof serial) return VIRTIO_BLK_S_IOERR;
    copy_in(queue, head, to, serial);
    return VIRTIO_BLK_S_OK;
}

/* Carries out a request (section 5.2.6); gives how many bytes were written into the driver's buffers. */
static size_t serve(const VuVirtq *queue, const VuVirtqElement *request)
{
    struct virtio_blk_outhdr header = { 0 };
    size_t readable = bytes_of(request->out_sg, request->out_num);
    size_t writable = bytes_of(request->in_sg, request->in_num);
    struct buffers head = part_of(request->out_sg, request->out_num, 0, sizeof header);
    struct buffers source = part_of(request->out_sg, request->out_num, sizeof header, SIZE_MAX);
    struct buffers target, end;
    uint8_t status = VIRTIO_BLK_S_UNSUPP;
    if (readable < sizeof header || writable < 1) return 0;
    target = part_of(request->in_sg, request->in_num, 0, writable - 1);
    end = part_of(request->in_sg, request->in_num, writable - 1, 1);
    copy_out(queue, request->index, &head, &header);
    switch (le32toh(header.type)) {
    case VIRTIO_BLK_T_IN: status = read_image(queue, request->index, le64toh(header.sector), &target); break;
    case VIRTIO_BLK_T_OUT: status = write_image(queue, request->index, le64toh(header.sector), &source); break;
    case VIRTIO_BLK_T_FLUSH: status = fdatasync(image) == 0 ? VIRTIO_BLK_S_OK : VIRTIO_BLK_S_IOERR; break;
    case VIRTIO_BLK_T_GET_ID: status = read_serial(queue, request->index, &target); break;
    default: break;
    }
    copy_in(queue, request->index, &end, &status);
    return status == VIRTIO_BLK_S_OK ? writable : 1;
}

static void complete(VuDev *dev, VuVirtq *queue, VuVirtqElement *request)
{
    vu_queue_push(dev, queue, request, (unsigned)serve(queue, request));
    vu_queue_notify(dev, queue);
    free(request);
    requests++;
}

static void serve_one_by_one(VuDev *dev, VuVirtq *queue)
{
    VuVirtqElement *request;
    while ((request = vu_queue_pop(dev, queue, sizeof *request)) != NULL) complete(dev, queue, request);
}

static void serve_suppressing(VuDev *dev, VuVirtq *queue)
{
    do {
        vu_queue_set_notification(dev, queue, 0);
        serve_one_by_one(dev, queue);
        vu_queue_set_notification(dev, queue, 1);
    } while (!vu_queue_empty(dev, queue));
}

static void serve_collected(VuDev *dev, VuVirtq *queue)
{
    VuVirtqElement *taken[VIRTQUEUE_MAX_SIZE];
    unsigned count = 0, i;
    while (count < VIRTQUEUE_MAX_SIZE && (taken[count] = vu_queue_pop(dev, queue, sizeof **taken)) != NULL) count++;
    for (i = 0; i < count; i++) complete(dev, queue, taken[i]);
}

static void serve_queue(VuDev *dev, int number)
{
    VuVirtq *queue = vu_get_queue(dev, number);
    switch (conduct) {
    case SUPPRESS: serve_suppressing(dev, queue); break;
    case ONE_BY_ONE: serve_one_by_one(dev, queue); break;
    case COLLECT: serve_collected(dev, queue); break;
    }
}

/* ---- What the library asks for ----------------------------------------------------------------------------------- */

static uint64_t get_features(VuDev *dev)
{
    (void)dev;
    return UINT64_C(1) << VIRTIO_BLK_F_SEG_MAX | UINT64_C(1) << VIRTIO_BLK_F_BLK_SIZE | UINT64_C(1) << VIRTIO_BLK_F_FLUSH;
}

static int get_config(VuDev *dev, uint8_t *bytes, uint32_t length)
{
    struct virtio_blk_config config = { 0 };
    (void)dev;
    config.capacity = htole64(image_bytes / SECTOR_BYTES);
    config.seg_max = htole32(MOST_SEGMENTS);
    config.blk_size = htole32(SECTOR_BYTES);
    if (length > VHOST_USER_MAX_CONFIG_SIZE) return -1;
    memset(bytes, 0, length);
    memcpy(bytes, &config, length < sizeof config ? length : sizeof config);
    return 0;
}

static int set_config(VuDev *dev, const uint8_t *bytes, uint32_t offset, uint32_t length, uint32_t flags)
{
    (void)dev, (void)bytes, (void)offset, (void)length, (void)flags;
    return -1;
}

static void set_started(VuDev *dev, int number, bool is_started)
{
    vu_set_queue_handler(dev, vu_get_queue(dev, number), is_started ? serve_queue : NULL);
}

/* The end of the conversation looks like request 0, and the library would leave the program at once. */
static int process_message(VuDev *dev, VhostUserMsg *message, int *reply)
{
    (void)dev, (void)reply;
    if (message->request == VHOST_USER_NONE) is_over = true;
    return is_over;
}

static void complain(VuDev *dev, const char *text)
{
    (void)dev;
    fprintf(stderr, "block-backend: %s\n", text);
    is_over = true;
}

static const VuDevIface interface = {
    .get_features = get_features,
    .get_config = get_config,
    .set_config = set_config,
    .queue_set_started = set_started,
    .process_msg = process_message,
};

/* ---- The loop ---------------------------------------------------------------------------------------------------- */

static struct watch {
    vu_watch_cb call;
    void *data;
} watches[MOST_WATCHES];

/* Descriptor 0 is the socket's, the others those of kicks; -1 is free. */
static struct pollfd descriptors[MOST_WATCHES];

static void remove_watch(VuDev *dev, int descriptor)
{
    int i;
    (void)dev;
    for (i = 1; i < MOST_WATCHES; i++) {
        if (descriptors[i].fd == descriptor) descriptors[i].fd = -1;
    }
}

static void set_watch(VuDev *dev, int descriptor, int condition, vu_watch_cb call, void *data)
{
    int i;
    remove_watch(dev, descriptor);
    for (i = 1; i < MOST_WATCHES && descriptors[i].fd != -1; i++) continue;
    if (i == MOST_WATCHES) {
        complain(dev, "more descriptors to watch than there is room for");
        return;
    }
    descriptors[i].fd = descriptor;
    descriptors[i].events = (short)condition;
    watches[i].call = call;
    watches[i].data = data;
}

static void run(void)
{
    int i;
    while (!is_over) {
        if (poll(descriptors, MOST_WATCHES, -1) < 0) continue;
        if (descriptors[0].revents != 0 && !vu_dispatch(&back_end)) is_over = true;
        for (i = 1; i < MOST_WATCHES && !is_over; i++) {
            if (descriptors[i].fd != -1 && descriptors[i].revents != 0) watches[i].call(&back_end, descriptors[i].revents, watches[i].data);
        }
    }
}

/* ---- The program ------------------------------------------------------------------------------------------------- */

static void fail(const char *what)
{
    fprintf(stderr, "block-backend: %s: %s\n", what, strerror(errno));
    exit(4);
}

static int await_front_end(const char *path)
{
    struct sockaddr_un place = { .sun_family = AF_UNIX };
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int connection;
    if (snprintf(place.sun_path, sizeof place.sun_path, "%s", path) >= (int)sizeof place.sun_path) fail("the socket's path is too long");
    if (listener < 0 || bind(listener, (struct sockaddr *)&place, sizeof place) != 0 || listen(listener, 1) != 0) fail(path);
    fprintf(stderr, "block-backend: waiting at %s\n", path);
    connection = accept(listener, NULL, NULL);
    if (connection < 0) fail(path);
    close(listener);
    return connection;
}

static void begin_journal(const char *folder)
{
    vtrace_options options = { 0 };
    options.folder = folder;
    options.source = "device";
    options.sees = "device.*,platform.*";
    options.producer = "libvhost-user, patched";
    options.actor = VTRACE_ACTOR_DEVICE;
    options.segment_bytes = 4 * 1024 * 1024;
    journal = vtrace_open(&options);
#ifndef VIRTIO_TRACE_OFF
    if (journal == NULL) fail(folder);
#endif
    vtrace_device_appeared(journal, 0, VIRTIO_ID_BLOCK, "block-backend on libvhost-user");
    vtrace_thread_started(journal, 0, "messages and queues");
}

static bool read_options(int count, char **words)
{
    int i;
    for (i = 0; i + 1 < count; i += 2) {
        const char *word = words[i + 1];
        if (strcmp(words[i], "--journals") == 0) begin_journal(word);
        else if (strcmp(words[i], "--conduct") != 0) return false;
        else if (strcmp(word, "suppress") == 0) conduct = SUPPRESS;
        else if (strcmp(word, "one-by-one") == 0) conduct = ONE_BY_ONE;
        else if (strcmp(word, "collect") == 0) conduct = COLLECT;
        else return false;
    }
    return i == count;
}

/* What the requests cost this program, its system calls included: without a guest's slowness around it. */
static void report(void)
{
    struct rusage used;
    long long microseconds;
    getrusage(RUSAGE_SELF, &used);
    microseconds = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000LL + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
    fprintf(stderr, "block-backend: %llu requests, %lld us of processor time\n", (unsigned long long)requests, microseconds);
}

int main(int count, char **words)
{
    int i, socket;
    if (count < 3 || !read_options(count - 3, words + 3)) {
        fprintf(stderr, "usage: block-backend SOCKET IMAGE [--journals FOLDER] [--conduct suppress|one-by-one|collect]\n");
        return 2;
    }
    image = open(words[2], O_RDWR | O_CLOEXEC);
    if (image < 0) fail(words[2]);
    image_bytes = (uint64_t)lseek(image, 0, SEEK_END) / SECTOR_BYTES * SECTOR_BYTES;
    device = &back_end;
    socket = await_front_end(words[1]);
    for (i = 0; i < MOST_WATCHES; i++) descriptors[i].fd = -1;
    descriptors[0].fd = socket;
    descriptors[0].events = POLLIN;
    if (!vu_init(&back_end, 1, socket, complain, NULL, set_watch, remove_watch, &interface)) return 4;
    run();
    vu_deinit(&back_end);
    vtrace_close(journal);
    report();
    return 0;
}
