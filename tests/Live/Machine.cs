using System.Diagnostics;

namespace Tracing.Tests.Live;

/// <summary>A folder of one live test, with the programs that it starts: QEMU in several shapes, and ours beside it.</summary>
internal sealed class Machine : IDisposable
{
    /// <summary>How long a guest may take from its first instruction to power-off. It takes about 5 s where nothing else runs.</summary>
    public static readonly TimeSpan GuestLimit = TimeSpan.FromSeconds(180);

    /// <summary>How long a program may take for something quick.</summary>
    public static readonly TimeSpan ShortLimit = TimeSpan.FromSeconds(60);

    private static readonly string[] bare =
        ["-accel", "tcg", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot", "-monitor", "none"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("live-");
    private readonly List<IDisposable> jobs = [];

    public Machine() => Laboratory.Require();

    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    /// <summary>What the guest's console showed.</summary>
    public string Console => File.Exists(PathOf("console")) ? File.ReadAllText(PathOf("console")) : "";

    /// <summary>A disk image of random bytes, the same at every run.</summary>
    public string Image(int megabytes = 16)
    {
        var path = PathOf("disk.img");
        var bytes = new byte[megabytes << 20];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Starts <c>capture</c>.</summary>
    public Job Capture(params string[] arguments) => Keep(Job.Capture(arguments));

    /// <summary>Starts any program.</summary>
    public Job Start(string name, ProcessStartInfo start) => Keep(Job.Start(name, start));

    /// <summary>Starts a QEMU that boots Linux with <paramref name="initramfs"/>.</summary>
    public Job Guest(Initramfs initramfs, string commandLine, int megabytes, params string[] devices)
    {
        initramfs.Write(PathOf("initramfs.gz"));
        return Keep(Job.Start("qemu-system-x86_64", GuestArguments(commandLine, megabytes, devices)));
    }

    /// <summary>The same, as the peer of a <c>capture serve pci</c> that waits at <paramref name="socket"/>.</summary>
    public Job GuestAtProxy(string socket, Initramfs initramfs, string commandLine, int megabytes, params string[] devices)
    {
        initramfs.Write(PathOf("initramfs.gz"));
        return AtProxy(socket, GuestArguments(commandLine, megabytes, devices));
    }

    /// <summary>Starts a QEMU whose processor is parked, driven by qtest at <paramref name="qtest"/>.</summary>
    public Job Parked(string qtest, int megabytes, params string[] more) => Keep(Job.Start("qemu-system-x86_64", ParkedArguments(qtest, megabytes, more)));

    /// <summary>The same, as the peer of a <c>capture serve pci</c>.</summary>
    public Job ParkedAtProxy(string socket, string qtest, int megabytes, params string[] more)
        => AtProxy(socket, ParkedArguments(qtest, megabytes, more));

    /// <summary>A file of shared memory, gone when the test is.</summary>
    public string SharedFile(string name)
    {
        var path = $"/dev/shm/tracing-{Environment.ProcessId}-{Path.GetFileName(folder.FullName)}-{name}";
        jobs.Add(new FileEraser(path));
        return path;
    }

    /// <summary>Makes one run of several.</summary>
    public string Merge(params string[] runs)
    {
        var target = PathOf("merged.parquet");
        using var merge = Job.Capture(["merge", .. runs, "-o", target]);
        if (merge.AwaitEnd(GuestLimit) != 0) throw new InvalidOperationException(merge.Said);
        return target;
    }

    public void Dispose()
    {
        for (var index = jobs.Count - 1; index >= 0; index--) jobs[index].Dispose();
        folder.Delete(recursive: true);
    }

    private string[] GuestArguments(string commandLine, int megabytes, string[] devices) =>
    [
        "-M", "q35,memory-backend=ram", "-object", $"memory-backend-memfd,id=ram,size={megabytes}M,share=on", "-m", $"{megabytes}",
        .. bare, "-serial", $"file:{PathOf("console")}", "-kernel", Laboratory.Kernel, "-initrd", PathOf("initramfs.gz"),
        "-append", $"console=ttyS0 panic=-1 {commandLine}", .. devices,
    ];

    private string[] ParkedArguments(string qtest, int megabytes, string[] more)
    {
        // The processor's first instructions (reset vector, 16 bytes below 4 GiB): cli; hlt; and once more.
        var firmware = new byte[64 << 10];
        new byte[] { 0xfa, 0xf4, 0xeb, 0xfd }.CopyTo(firmware, firmware.Length - 16);
        File.WriteAllBytes(PathOf("parked.bin"), firmware);
        return
        [
            "-M", "q35,memory-backend=ram", "-m", $"{megabytes}", "-bios", PathOf("parked.bin"), .. bare, "-serial", "none",
            "-qtest", $"unix:{qtest},server=on,wait=off", "-qtest-log", "none", .. more,
        ];
    }

    /// <summary>x-pci-proxy-dev takes a connected descriptor: socat connects, and becomes QEMU with it as descriptor 0.</summary>
    private Job AtProxy(string socket, string[] arguments)
    {
        var script = PathOf("qemu.sh");
        var words = string.Join(' ', arguments.Concat(["-device", "x-pci-proxy-dev,id=proxy,fd=0"]).Select(word => $"'{word}'"));
        File.WriteAllText(script, $"#!/bin/sh\nexec qemu-system-x86_64 {words}\n");
        return Keep(Job.Start("socat", $"UNIX-CONNECT:{socket}", $"EXEC:/bin/sh {script},nofork"));
    }

    private Job Keep(Job job)
    {
        jobs.Add(job);
        return job;
    }

    private sealed class FileEraser(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
