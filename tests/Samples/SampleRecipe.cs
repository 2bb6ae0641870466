using System.Diagnostics;
using Tracing.Tests.Live;
using Xunit;

namespace Tracing.Tests.Samples;

/// <summary>Runs the commands that stand beside a committed recording, in a folder of their own with a disk, a kernel and a guest.</summary>
internal static class SampleRecipe
{
    /// <summary>Makes a recording.</summary>
    /// <param name="name">Whose it is.</param>
    /// <param name="guest">What the guest does, by the names below, or null.</param>
    /// <param name="commands">The commands, as bash reads them.</param>
    /// <param name="made">The file that they leave.</param>
    /// <param name="target">Where it goes; the commands know the folder as SAMPLES.</param>
    public static void Make(string name, string? guest, IReadOnlyList<string> commands, string made, string target)
    {
        using var machine = new Machine();
        machine.Image(megabytes: 1);
        File.CreateSymbolicLink(machine.PathOf("vmlinuz"), Laboratory.Kernel);
        GuestOf(name, guest)?.Write(machine.PathOf("initramfs.gz"));

        var start = new ProcessStartInfo("/bin/bash", ["-euc", string.Join('\n', commands)]) { WorkingDirectory = machine.PathOf("") };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{RealSample.Folder}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["SAMPLES"] = Path.GetDirectoryName(target);
        using var recipe = machine.Start(name, start);
        Assert.True(recipe.AwaitEnd(Machine.GuestLimit * 2) == 0, $"{recipe.Said}\n{machine.Console}");

        var file = new FileInfo(machine.PathOf(made));
        Assert.True(file.Exists, recipe.Said);
        file.CopyTo(target, overwrite: true);
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {file.Length} bytes\n{recipe.Said}\n{machine.Console}");
    }

    private static Initramfs? GuestOf(string name, string? guest)
    {
        switch (guest)
        {
            case null:
                return null;
            case "blocks":
                return new Initramfs(GuestScripts.UseFewBlocks, GuestScripts.BlkModules);
            case "traced" or "traced-plainly":
                var traced = new Initramfs(GuestScripts.Trace, ["virtio_pci_modern_dev", "virtio_ring"], ["virtio_pci", "virtio_blk", "virtio_rng", "virtio_console"]);
                traced.Add("probes", File.ReadAllBytes(Path.Combine(ImportedSample.Folder, guest == "traced" ? "ftrace.probes" : "ftrace-plain.probes")));
                return traced;
            case "driver":
                var driver = new Initramfs(GuestScripts.DriveFunction(20), "virtio_pci", "virtio_console");
                driver.AddProgram("bin/capture-guest", GuestProgram.Publish());
                return driver;
            default:
                throw new InvalidDataException($"{name}: there is no guest '{guest}'");
        }
    }
}
