using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Tracing.Tests.Live;

/// <summary>
/// A guest's first file system: busybox, a few kernel modules, an init script and what a test adds. Written as the
/// kernel reads it (Documentation/driver-api/early-userspace/buffer-format.rst).
/// </summary>
internal sealed class Initramfs
{
    private const int Directory = 0x41ed;
    private const int Executable = 0x81ed;
    private readonly SortedDictionary<string, byte[]?> entries = new(StringComparer.Ordinal);

    /// <param name="init">The init script's commands, behind the usual mounts and the loading of modules.</param>
    /// <param name="modules">Kernel modules to load, with what they depend on.</param>
    public Initramfs(string init, params string[] modules)
        : this(init, modules, [])
    {
    }

    /// <param name="init">The same.</param>
    /// <param name="modules">The same.</param>
    /// <param name="later">Kernel modules that the script loads itself, with what they depend on, by the names in $LATER.</param>
    public Initramfs(string init, string[] modules, string[] later)
    {
        foreach (var folder in new[] { "bin", "dev", "proc", "sys", "root", "tmp", "lib", "lib/modules" }) entries[folder] = null;
        Add("bin/busybox", File.ReadAllBytes("/bin/busybox"));
        var order = new List<string>();
        foreach (var module in modules) AddModule(module, order);
        var first = order.ToArray();
        foreach (var module in later) AddModule(module, order);
        Add("init", Encoding.UTF8.GetBytes($"""
            #!/bin/busybox sh
            /bin/busybox --install -s /bin
            export PATH=/bin
            mount -t proc p /proc; mount -t sysfs s /sys; mount -t devtmpfs d /dev
            LATER="{string.Join(' ', order.Except(first))}"
            for m in {string.Join(' ', first)}; do insmod /lib/modules/$m.ko || echo "insmod $m failed"; done
            {init}
            poweroff -f

            """.ReplaceLineEndings("\n")));
    }

    /// <summary>Adds a file, executable.</summary>
    public void Add(string path, byte[] content)
    {
        for (var folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder)) entries.TryAdd(folder, null);
        entries[path] = content;
    }

    /// <summary>Adds a program with the libraries that it names.</summary>
    public void AddProgram(string path, string program)
    {
        Add(path, File.ReadAllBytes(program));
        var (_, output) = Tool.Run("ldd", program);
        foreach (var word in output.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith('/')))
            Add(word.TrimStart('/').TrimEnd(':'), File.ReadAllBytes(word.TrimEnd(':')));
    }

    /// <summary>Writes the archive.</summary>
    public void Write(string path)
    {
        using var file = File.Create(path);
        using var zipped = new GZipStream(file, CompressionLevel.Fastest);
        var number = 1;
        foreach (var (name, content) in entries) WriteEntry(zipped, name, content, number++);
        WriteEntry(zipped, "TRAILER!!!", [], 0);
    }

    /// <summary>A module with what its .modinfo says it depends on, dependencies first.</summary>
    private void AddModule(string name, List<string> order)
    {
        if (order.Contains(name)) return;
        var file = System.IO.Directory.GetFiles(Laboratory.Modules, "*.ko", SearchOption.AllDirectories)
            .FirstOrDefault(path => Plain(Path.GetFileNameWithoutExtension(path)) == Plain(name));
        // What has no file is built into the kernel.
        if (file is null) return;
        var content = File.ReadAllBytes(file);
        var depends = Encoding.Latin1.GetString(content).Split('\0').FirstOrDefault(text => text.StartsWith("depends=", StringComparison.Ordinal));
        foreach (var other in (depends?["depends=".Length..] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries)) AddModule(other, order);
        order.Add(name);
        Add($"lib/modules/{name}.ko", content);
    }

    private static string Plain(string name) => name.Replace('-', '_');

    private static void WriteEntry(Stream stream, string name, byte[]? content, int number)
    {
        var mode = content is null ? Directory : Executable;
        int[] fields = [number, mode, 0, 0, 1, 0, content?.Length ?? 0, 0, 0, 0, 0, name.Length + 1, 0];
        var header = new StringBuilder("070701");
        foreach (var field in fields) header.Append(field.ToString("x8", CultureInfo.InvariantCulture));
        header.Append(name).Append('\0');
        Padded(stream, Encoding.ASCII.GetBytes(header.ToString()));
        if (content is not null) Padded(stream, content);
    }

    private static void Padded(Stream stream, byte[] bytes)
    {
        stream.Write(bytes);
        stream.Write(new byte[(4 - (bytes.Length % 4)) % 4]);
    }
}
