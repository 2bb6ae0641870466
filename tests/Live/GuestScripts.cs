namespace Tracing.Tests.Live;

/// <summary>What guests do.</summary>
internal static class GuestScripts
{
    /// <summary>The modules of a block device behind virtio-pci.</summary>
    public static string[] BlkModules { get; } = ["virtio_pci", "virtio_blk"];

    /// <summary>
    /// Reads the disk's first 256 KiB and prints their sum, writes 64 KiB of random bytes behind them and reads them back, and
    /// reads 3,000 single blocks of 4 KiB past the cache.
    /// </summary>
    public const string UseDisk = """
        for i in 1 2 3 4 5 6 7 8 9 10; do [ -b /dev/vda ] && break; sleep 0.1; done
        for d in /sys/bus/virtio/devices/*; do [ -e $d ] && echo "STATUS $(cat $d/status) FEATURES $(cat $d/features)"; done
        if [ -b /dev/vda ]; then
          dd if=/dev/vda of=/root/r bs=4k count=64 iflag=direct 2>/dev/null
          echo "SUM $(sha256sum /root/r | cut -d' ' -f1)"
          dd if=/dev/urandom of=/root/w bs=4k count=16 2>/dev/null
          dd if=/root/w of=/dev/vda bs=4k count=16 seek=64 oflag=direct conv=fsync 2>/dev/null
          dd if=/dev/vda bs=4k count=16 skip=64 iflag=direct 2>/dev/null | cmp - /root/w && echo "WRITTEN $(sha256sum /root/w | cut -d' ' -f1)"
          U0=$(cut -d' ' -f1 /proc/uptime)
          dd if=/dev/vda of=/dev/null bs=4k count=3000 iflag=direct 2>/dev/null && echo "READS 3000 FROM $U0 TO $(cut -d' ' -f1 /proc/uptime)"
        else
          echo "NO DISK"; dmesg | grep -i virtio
        fi
        echo "GUEST DONE"
        """;

    /// <summary>The 3,000 single reads alone, ten times.</summary>
    public const string ReadDisk = """
        for i in 1 2 3 4 5 6 7 8 9 10; do [ -b /dev/vda ] && break; sleep 0.1; done
        for i in 1 2 3 4 5 6 7 8 9 10; do
          U0=$(cut -d' ' -f1 /proc/uptime)
          dd if=/dev/vda of=/dev/null bs=4k count=3000 iflag=direct 2>/dev/null && echo "READS 3000 FROM $U0 TO $(cut -d' ' -f1 /proc/uptime)"
        done
        """;

    /// <summary>Reads 32 single blocks past the cache, writes eight and reads those back: enough for a recording of every kind of request.</summary>
    public const string UseFewBlocks = """
        for i in 1 2 3 4 5 6 7 8 9 10; do [ -b /dev/vda ] && break; sleep 0.1; done
        if [ -b /dev/vda ]; then
          dd if=/dev/vda of=/dev/null bs=4k count=32 iflag=direct
          dd if=/dev/urandom of=/w bs=4k count=8
          dd if=/w of=/dev/vda bs=4k count=8 seek=64 oflag=direct conv=fsync
          dd if=/dev/vda bs=4k count=8 skip=64 iflag=direct | cmp - /w && echo "READ BACK"
        else
          echo "NO DISK"; dmesg | grep -i virtio
        fi
        echo "GUEST DONE"
        """;

    /// <summary>
    /// Traces the driver's side of all virtio-pci devices from their first reset on, while a disk and a random number generator
    /// are used, and sends the trace out through a serial port. The probes are those of docs/importing/ftrace.md.
    /// </summary>
    public const string Trace = """
        T=/sys/kernel/tracing; mount -t tracefs t $T
        echo 8192 > $T/buffer_size_kb
        while read -r probe; do echo "$probe" >> $T/kprobe_events || echo "REFUSED $probe"; done < /probes
        for e in virtio vt swiotlb dma; do [ -e $T/events/$e ] && echo 1 > $T/events/$e/enable; done
        for m in $LATER; do insmod /lib/modules/$m.ko || echo "insmod $m failed"; done
        for i in 1 2 3 4 5 6 7 8 9 10; do [ -b /dev/vda ] && break; sleep 0.1; done
        dd if=/dev/vda of=/dev/null bs=4k count=8 iflag=direct
        dd if=/dev/zero of=/dev/vda bs=4k count=2 seek=64 oflag=direct conv=fsync
        dd if=/dev/hwrng of=/dev/null bs=64 count=1
        echo 0 > $T/tracing_on
        cat $T/trace > /trace.txt
        cat /trace.txt > $(ls /dev/vport*p1 | head -1)
        echo "GUEST DONE"
        """;

    /// <summary>Drives the reference device's function from user space, and sends the journals out through a serial port.</summary>
    public static string DriveFunction(int requests) => $"""
        F=$(for d in /sys/bus/pci/devices/*; do [ $(cat $d/device) = 0x1042 ] && basename $d; done)
        echo $F > /sys/bus/pci/drivers/virtio-pci/unbind
        capture-guest $F journals {requests}; echo "CAPTURE $?"
        for i in 1 2 3 4 5 6 7 8 9 10; do [ -e /dev/vport1p1 ] && break; sleep 0.1; done
        tar c journals > $(ls /dev/vport*p1 | head -1)
        echo "GUEST DONE"
        """;
}
